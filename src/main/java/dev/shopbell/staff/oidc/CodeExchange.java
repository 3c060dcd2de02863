package dev.shopbell.staff.oidc;

import dev.shopbell.platform.outgoing.GuardedHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Gives a code to the provider, between servers, for what it stands for. */
@Component
class CodeExchange {
  private final Wire wire;

  CodeExchange(Wire wire) {
    this.wire = wire;
  }

  /**
   * @param access empty where there is none
   */
  record Given(String idToken, String access) {}

  Given redeem(Metadata provider, OpenId.Client client, OpenId.Handshake handshake, String code)
      throws ProviderTrouble {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", handshake.redirect());
    form.put("code_verifier", handshake.verifier());
    form.put("client_id", client.id());
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Accept", "application/json");
    if (provider.takesSecretInForm()) {
      form.put("client_secret", client.secret());
    } else {
      String pair = encoded(client.id()) + ":" + encoded(client.secret());
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    Wire.Answer answer =
        wire.ask(
            new GuardedHttp.Call(
                "POST", provider.token(), headers, form(form).getBytes(StandardCharsets.UTF_8)));
    String token = answer.json().path("id_token").asString("");
    if (answer.status() != 200 || token.isEmpty()) {
      throw refused(answer);
    }
    return new Given(token, answer.json().path("access_token").asString(""));
  }

  private static ProviderTrouble refused(Wire.Answer answer) {
    String error = code(answer.json().path("error").asString(""));
    if (answer.status() >= 500) {
      return new ProviderTrouble(
          ProviderTrouble.Kind.unreachable,
          "The provider redeems no codes at the moment (" + answer.status() + ").");
    }
    return switch (error) {
      case "invalid_client", "unauthorized_client" ->
          new ProviderTrouble(
              ProviderTrouble.Kind.misconfigured,
              "The provider does not accept the client id with this secret (%s): it may be mistyped, or the secret may have run out."
                  .formatted(error));
      case "invalid_grant" ->
          new ProviderTrouble(
              ProviderTrouble.Kind.tooLate,
              "The provider does not know the code that it gave (invalid_grant): it was used before, or took too long.");
      default ->
          new ProviderTrouble(
              ProviderTrouble.Kind.misconfigured,
              "The provider gives no ID token: it answers %d%s."
                  .formatted(answer.status(), error.isEmpty() ? "" : ", " + error));
    };
  }

  /** What the provider's second source says of the same account, where the ID token is terse. */
  Map<String, Object> userInfo(String address, String access, String subject)
      throws ProviderTrouble {
    Wire.Answer answer =
        wire.get(
            address, Map.of("Authorization", "Bearer " + access, "Accept", "application/json"));
    if (answer.status() != 200 || !answer.json().path("sub").asString("").equals(subject)) {
      return Map.of();
    }
    Map<String, Object> said = new HashMap<>();
    for (Map.Entry<String, JsonNode> claim : answer.json().properties()) {
      JsonNode value = claim.getValue();
      if (value.isString()) {
        said.put(claim.getKey(), value.asString());
      } else if (value.isBoolean()) {
        said.put(claim.getKey(), value.asBoolean());
      }
    }
    return said;
  }

  /** An error as the standard writes them; anything else is not repeated. */
  static String code(String error) {
    return error.matches("[a-z_]{1,40}") ? error : "";
  }

  static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
