package dev.shopbell.channels.email;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where Google and Microsoft give access to a mail account, by OAuth 2.0 (RFC 6749) with PKCE (RFC
 * 7636). The addresses are fixed; {@code shopbell.oauth.google.token} and its like are for tests.
 */
@Component
class TokenEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Environment environment;
  private final JsonMapper json;
  private final Clock clock;

  TokenEndpoint(Environment environment, JsonMapper json, Clock clock) {
    this.environment = environment;
    this.json = json;
    this.clock = clock;
  }

  /**
   * @param refresh null where the one that we have stays good
   */
  record Tokens(String access, @Nullable String refresh, Instant expires) {}

  /** Where the owner's browser is sent to consent. */
  String consentPage(MailAccount account, String redirect, String state, String challenge) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", Objects.requireNonNull(account.clientId()));
    query.put("redirect_uri", redirect);
    query.put("scope", scope(account));
    query.put("state", state);
    query.put("code_challenge", challenge);
    query.put("code_challenge_method", "S256");
    query.put("login_hint", account.userName());
    if (account.auth() == MailAccount.Auth.google) {
      // Without these Google gives no refresh token the second time.
      query.put("access_type", "offline");
      query.put("prompt", "consent");
    }
    return address(account, "authorize") + "?" + form(query);
  }

  Tokens redeemed(MailAccount account, String secret, String code, String verifier, String redirect)
      throws IOException, InterruptedException, ConnectionTrouble.AccessWithdrawn {
    return ask(
        account,
        secret,
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "code_verifier",
            verifier,
            "redirect_uri",
            redirect));
  }

  Tokens refreshed(MailAccount account, String secret, String refreshToken)
      throws IOException, InterruptedException, ConnectionTrouble.AccessWithdrawn {
    return ask(
        account,
        secret,
        Map.of(
            "grant_type", "refresh_token", "refresh_token", refreshToken, "scope", scope(account)));
  }

  private Tokens ask(MailAccount account, String secret, Map<String, String> grant)
      throws IOException, InterruptedException, ConnectionTrouble.AccessWithdrawn {
    Map<String, String> form = new LinkedHashMap<>(grant);
    form.put("client_id", Objects.requireNonNull(account.clientId()));
    form.put("client_secret", secret);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address(account, "token")))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode said;
    try {
      said = json.readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException(provider(account) + " answers in a way that is not understood.", e);
    }
    if (answer.statusCode() == 200 && said.hasNonNull("access_token")) {
      return new Tokens(
          said.path("access_token").asString(),
          said.hasNonNull("refresh_token") ? said.path("refresh_token").asString() : null,
          clock.instant().plusSeconds(said.path("expires_in").asLong(3600)));
    }
    String error = said.path("error").asString("");
    switch (error) {
      case "invalid_grant" ->
          throw new ConnectionTrouble.AccessWithdrawn(
              provider(account)
                  + " has withdrawn our access: it was revoked, the password was changed, or it was not used for long. Sign in again.");
      case "invalid_client", "unauthorized_client" ->
          throw new ConnectionTrouble.AccessWithdrawn(
              provider(account)
                  + " does not know the client id or its secret. A secret may have run out: enter a new one.");
      default ->
          throw new IOException(
              provider(account) + " gives no access at the moment (" + answer.statusCode() + ").");
    }
  }

  private static String scope(MailAccount account) {
    return account.auth() == MailAccount.Auth.google
        ? "https://mail.google.com/"
        : "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access";
  }

  static String provider(MailAccount account) {
    return account.auth() == MailAccount.Auth.google ? "Google" : "Microsoft";
  }

  private String address(MailAccount account, String what) {
    String name = account.auth().name() + "." + what;
    String usual =
        switch (name) {
          case "google.authorize" -> "https://accounts.google.com/o/oauth2/v2/auth";
          case "google.token" -> "https://oauth2.googleapis.com/token";
          case "microsoft.authorize" ->
              "https://login.microsoftonline.com/common/oauth2/v2.0/authorize";
          default -> "https://login.microsoftonline.com/common/oauth2/v2.0/token";
        };
    return environment.getProperty("shopbell.oauth." + name, usual);
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry ->
            entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
