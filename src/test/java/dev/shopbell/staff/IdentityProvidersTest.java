package dev.shopbell.staff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.Api;
import dev.shopbell.Browser;
import dev.shopbell.Colleague;
import dev.shopbell.Inbox;
import dev.shopbell.OpenIdServer;
import dev.shopbell.RunningShopbell;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An owner sets up an identity provider, and is told in plain words what is wrong with it. */
class IdentityProvidersTest {
  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Api owner = shopbell.api();
  private final OpenIdServer provider = OpenIdServer.start();

  @AfterEach
  void removeAll() {
    owner
        .get("/identity-providers")
        .path("items")
        .forEach(one -> owner.delete("/identity-providers/" + one.path("id").asLong()));
    provider.close();
  }

  private Api.Answer add(Map<String, ?> more) {
    return owner.send("POST", "/identity-providers", provider.asEntered("Club", more), Map.of());
  }

  private String refusal(String field, Map<String, ?> more) {
    Api.Answer refused = add(more);
    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    JsonNode error = refused.json().path("errors").get(0);
    assertThat(error.path("field").asString()).isEqualTo(field);
    return error.path("message").asString();
  }

  private String described(UnaryOperator<Map<String, Object>> description) {
    provider.describing(description);
    return refusal("issuer", Map.of());
  }

  private static UnaryOperator<Map<String, Object>> saying(String field, Object value) {
    return said -> ProviderSignInTest.with(said, field, value);
  }

  @Test
  void theSecretIsKeptSealedAndNeverShown() {
    Api.Answer added = add(Map.of("domains", List.of("Shop.Example ", "@münchen.example")));
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).doesNotContain(OpenIdServer.SECRET);
    assertThat(added.json().path("domains").valueStream().map(JsonNode::asString))
        .containsExactly("shop.example", "xn--mnchen-3ya.example");
    byte[] sealed =
        shopbell
            .bean(JdbcClient.class)
            .sql("select client_secret from identity_provider")
            .query(byte[].class)
            .single();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(OpenIdServer.SECRET);
    JsonNode offered = shopbell.api(null).get("/session/identity-providers").path("items");
    assertThat(offered.get(0).size()).as("strangers see a button: %s", offered).isEqualTo(3);
  }

  @Test
  void theIssuerIsFoundAlsoWhereItWasTypedALittleDifferently() {
    for (String typed :
        List.of(
            provider.issuer() + "/",
            " " + provider.issuer(),
            provider.issuer() + "/.well-known/openid-configuration")) {
      Api.Answer added = add(Map.of("issuer", typed));
      assertThat(added.json().path("issuer").asString()).as(typed).isEqualTo(provider.issuer());
      owner.delete("/identity-providers/" + added.json().path("id").asLong());
    }
    provider.describing(saying("issuer", provider.issuer() + "/"));
    assertThat(add(Map.of()).json().path("issuer").asString())
        .as("as the provider writes it")
        .isEqualTo(provider.issuer() + "/");
  }

  @Test
  void whatIsWrongWithTheProviderIsSaidPlainly() {
    assertThat(described(saying("issuer", "https://login.club.example")))
        .contains("calls itself “https://login.club.example”");
    assertThat(described(saying("issuer", "https://login.microsoftonline.com/{tenantid}/v2.0")))
        .contains("your own tenant");
    assertThat(described(said -> ProviderSignInTest.without(said, "issuer")))
        .contains("no OpenID provider");
    assertThat(described(saying("id_token_signing_alg_values_supported", List.of("HS256"))))
        .contains("RS256");
    assertThat(described(saying("code_challenge_methods_supported", List.of("plain"))))
        .contains("PKCE");
    assertThat(described(saying("response_types_supported", List.of("id_token"))))
        .contains("code flow");
    assertThat(described(saying("authorization_endpoint", "javascript:alert(1)")))
        .contains("authorization_endpoint");
    assertThat(described(saying("token_endpoint", "http://elsewhere.example/token")))
        .contains("token_endpoint");
    assertThat(refusal("issuer", Map.of("issuer", provider.issuer() + "/nothing")))
        .contains("answers 404");
    assertThat(refusal("issuer", Map.of("issuer", "http://elsewhere.example")))
        .contains("https://");
    assertThat(refusal("issuer", Map.of("issuer", "https://127.0.0.2/realm")))
        .contains("inside of this network", "SHOPBELL_ALLOW_INTERNAL_HOSTS");
    assertThat(refusal("issuer", Map.of("issuer", "club"))).contains("https://");
  }

  @Test
  void nobodyBecomesAnOwnerOrComesFromEverywhereByThemselves() {
    assertThat(refusal("joinRole", Map.of("joinRole", "owner", "domains", List.of("a.example"))))
        .contains("owner");
    refusal("joinRole", Map.of("joinRole", "guest", "domains", List.of("a.example")));
    refusal("joinRole", Map.of("joinRole", "999999999", "domains", List.of("a.example")));
    refusal("domains", Map.of("joinRole", "agent"));
    assertThat(refusal("domains", Map.of("joinRole", "agent", "domains", List.of("gmail.com"))))
        .contains("Anybody");
    refusal("domains", Map.of("domains", List.of("no domain")));
    refusal("clientSecret", Map.of("clientSecret", " "));
    refusal("name", Map.of("name", "\u0000"));
  }

  @Test
  void onlyWhoeverHoldsEveryPermissionSetsOneUpSinceItCouldLetInAnybody() {
    JsonNode role =
        owner.post(
            "/roles",
            Map.of(
                "name",
                "Caretaker " + Inbox.word(),
                "permissions",
                List.of("conversations:read", "installation:manage")));
    Colleague.Member caretaker =
        Colleague.member(shopbell, Map.of("role", role.path("id").asString()));
    Map<String, Object> wanted = provider.asEntered("Backdoor", Map.of());
    Browser browser = caretaker.browser();
    assertThat(browser.get("/identity-providers").status()).isEqualTo(200);
    assertThat(browser.post("/identity-providers", wanted).status()).isEqualTo(403);
    long id = add(Map.of()).json().path("id").asLong();
    String path = "/identity-providers/" + id;
    assertThat(browser.send("PUT", path, wanted, true).status()).isEqualTo(403);
    assertThat(browser.send("DELETE", path, null, true).status()).isEqualTo(403);
  }

  @Test
  void itsIssuerStaysAndASecretThatIsLeftOutToo() {
    long id = add(Map.of()).json().path("id").asLong();
    assertThat(add(Map.of()).status()).as("twice").isEqualTo(409);
    Map<String, Object> wanted = provider.asEntered("Club 2", Map.of());
    wanted.remove("clientSecret");
    assertThat(owner.put("/identity-providers/" + id, wanted).path("name").asString())
        .isEqualTo("Club 2");
    provider.signedIn("subject " + Inbox.word(), RunningShopbell.OWNER);
    assertThat(new ProviderVisits(provider, id).signIn(new Browser(shopbell))).isEqualTo("/");
    provider.describing(saying("issuer", "https://login.club.example"));
    assertThat(owner.put("/identity-providers/" + id, wanted).path("trouble").asString())
        .as("one that is away can be changed")
        .contains("calls itself");
    provider.behave();
    try (OpenIdServer other = OpenIdServer.start()) {
      Api.Answer moved =
          owner.send(
              "PUT", "/identity-providers/" + id, other.asEntered("Club", Map.of()), Map.of());
      assertThat(moved.status()).isEqualTo(422);
    }
  }
}
