package dev.shopbell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Somebody else who works for the shop. */
public final class Colleague {
  private Colleague() {}

  /**
   * Somebody who has joined.
   *
   * @param browser in which they are signed in
   */
  public record Member(long id, String email, Browser browser) {
    /** Their password is the one of all tests. */
    public Api byToken(RunningShopbell shopbell, String... scopes) {
      JsonNode token =
          browser.post("/tokens", Map.of("name", "Theirs", "scopes", List.of(scopes))).json();
      return shopbell.api(token.path("token").asString());
    }
  }

  /** Invites somebody, with what else is said of them, and takes the invitation. */
  public static Member member(RunningShopbell shopbell, Map<String, ?> more) {
    String email = Inbox.address("colleague");
    Map<String, Object> who = new HashMap<>(Map.of("name", "Colleague", "email", email));
    who.putAll(more);
    JsonNode invited = shopbell.api().post("/agents", who);
    String link = invited.path("invitationUrl").asString();
    Browser browser = new Browser(shopbell);
    browser.post(
        "/invitations/" + link.substring(link.lastIndexOf('/') + 1),
        Map.of("name", who.get("name"), "password", RunningShopbell.PASSWORD));
    return new Member(invited.path("agent").path("id").asLong(), email, browser);
  }

  /** Invites somebody and takes the invitation; they use the API with a token of their own. */
  public static Api joins(RunningShopbell shopbell, String role) {
    return member(shopbell, Map.of("role", role))
        .byToken(shopbell, "conversations:read", "conversations:reply", "conversations:change");
  }
}
