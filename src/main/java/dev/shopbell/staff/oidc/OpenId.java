package dev.shopbell.staff.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Signing in at a provider: where to send a browser, and who came back. */
@Component
public class OpenId {
  private final Discovery discovery;
  private final CodeExchange exchange;
  private final IdTokens tokens;

  OpenId(Discovery discovery, CodeExchange exchange, IdTokens tokens) {
    this.discovery = discovery;
    this.exchange = exchange;
    this.tokens = tokens;
  }

  /** What we are to the provider. */
  public record Client(String issuer, String id, String secret) {}

  /**
   * What ties one sign-in together. Whoever holds {@code state} and {@code nonce} alone can redeem
   * nothing: that needs the {@code verifier}, which only our server and the provider's see.
   *
   * @param redirect where the provider sends the browser back to
   * @param verifier 43 to 128 letters and digits (RFC 7636)
   */
  public record Handshake(String redirect, String state, String nonce, String verifier) {}

  /**
   * What the browser brings back; what is absent is empty.
   *
   * @param issuer {@code iss} of RFC 9207
   */
  public record Answer(String code, String error, String issuer) {}

  /**
   * Asks the provider what it is.
   *
   * @return its issuer, as it writes it itself
   */
  public String check(String issuer) throws ProviderTrouble {
    return discovery.check(issuer).issuer();
  }

  /** The provider's page where somebody signs in. */
  public String page(String issuer, String clientId, Handshake handshake) throws ProviderTrouble {
    String page = discovery.of(issuer).authorization();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", handshake.redirect());
    query.put("scope", "openid email profile");
    query.put("state", handshake.state());
    query.put("nonce", handshake.nonce());
    query.put("code_challenge", challenge(handshake.verifier()));
    query.put("code_challenge_method", "S256");
    return page + (page.contains("?") ? "&" : "?") + CodeExchange.form(query);
  }

  /** Whom the answer stands for; everything about it is checked. */
  public Person person(Client client, Handshake handshake, Answer answer) throws ProviderTrouble {
    if (!answer.error().isEmpty()) {
      throw declined(answer.error());
    }
    Metadata provider = discovery.of(client.issuer());
    boolean fromAnother =
        answer.issuer().isEmpty()
            ? provider.namesItself()
            : !answer.issuer().equals(client.issuer());
    if (fromAnother || answer.code().isEmpty()) {
      throw new ProviderTrouble(
          ProviderTrouble.Kind.untrusted, "What came back is not this provider's answer.");
    }
    CodeExchange.Given given = exchange.redeem(provider, client, handshake, answer.code());
    Map<String, Object> claims =
        new HashMap<>(tokens.read(given.idToken(), provider, client.id(), handshake.nonce()));
    String subject = String.valueOf(claims.get("sub"));
    if (!claims.containsKey("email") && provider.userInfo() != null && !given.access().isEmpty()) {
      claims.remove("email_verified");
      exchange.userInfo(provider.userInfo(), given.access(), subject).forEach(claims::putIfAbsent);
    }
    return Person.of(provider.issuer(), subject, claims);
  }

  private static ProviderTrouble declined(String error) {
    return switch (error) {
      case "access_denied", "login_required", "consent_required", "interaction_required" ->
          new ProviderTrouble(
              ProviderTrouble.Kind.declined, "The provider let nobody in (" + error + ").");
      case "server_error", "temporarily_unavailable" ->
          new ProviderTrouble(
              ProviderTrouble.Kind.unreachable,
              "The provider has a failure of its own at the moment (" + error + ").");
      default ->
          new ProviderTrouble(
              ProviderTrouble.Kind.misconfigured, "The provider refuses what we ask of it.");
    };
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
