package dev.shopbell;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Somebody else who works for the shop. */
public final class Colleague {
  private Colleague() {}

  /** Invites somebody and takes the invitation; they use the API with a token of their own. */
  public static Api joins(RunningShopbell shopbell, String role) {
    JsonNode invited =
        shopbell
            .api()
            .post(
                "/agents",
                Map.of("name", "Colleague", "email", Inbox.address("colleague"), "role", role));
    String link = invited.path("invitationUrl").asString();
    Browser browser = new Browser(shopbell);
    browser.post(
        "/invitations/" + link.substring(link.lastIndexOf('/') + 1),
        Map.of("name", "Colleague", "password", RunningShopbell.PASSWORD));
    JsonNode token =
        browser
            .post(
                "/tokens",
                Map.of(
                    "name",
                    "Theirs",
                    "scopes",
                    List.of("conversations:read", "conversations:reply", "conversations:change")))
            .json();
    return shopbell.api(token.path("token").asString());
  }
}
