package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.OpenIdServer;
import java.util.HashMap;
import java.util.Map;

/** What a person does in their browser to sign in at a provider. */
record ProviderVisits(OpenIdServer provider, long id) {
  static final String COOKIE = "shopbell_sign_in";

  /** The provider's page, for somebody who pressed its button. */
  String page(Browser browser, String next) {
    Map<String, Object> start = new HashMap<>();
    start.put("next", next);
    Api.Answer begun = browser.post("/session/identity-providers/" + id, start);
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    return begun.json().path("url").asString();
  }

  /** From the button to where the provider sends the browser back. */
  String back(Browser browser) {
    return path(provider.visit(page(browser, null)));
  }

  /** The whole way; where the browser ends up. */
  String signIn(Browser browser) {
    return end(browser, back(browser));
  }

  /** The whole way, for somebody who is signed in and wants to link their account. */
  String link(Browser browser) {
    Api.Answer begun = browser.post("/me/identity-providers/" + id, Map.of());
    assertThat(begun.status()).as(begun.body()).isEqualTo(200);
    return end(browser, path(provider.visit(begun.json().path("url").asString())));
  }

  /** Comes back to this address; where the browser is sent on to. */
  static String end(Browser browser, String callback) {
    Api.Answer ended = browser.get(callback);
    assertThat(ended.status()).as(ended.body()).isEqualTo(303);
    return ended.headers().firstValue("Location").orElseThrow();
  }

  static String path(String address) {
    assertThat(address).contains("/api/v1/session/callback?");
    return address.substring(address.indexOf("/session/callback"));
  }

  /** Where somebody ends up who was refused so. */
  String refused(String why) {
    return "/sign-in?trouble=" + why + "&provider=" + id;
  }
}
