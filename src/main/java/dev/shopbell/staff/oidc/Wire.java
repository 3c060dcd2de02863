package dev.shopbell.staff.oidc;

import dev.shopbell.platform.Settings;
import dev.shopbell.platform.outgoing.GuardedHttp;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a provider: an answer has 256 kB at most and is there within ten seconds. */
@Component
class Wire {
  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 256 * 1024);

  private final GuardedHttp http;
  private final Settings settings;
  private final JsonMapper json;

  Wire(GuardedHttp http, Settings settings, JsonMapper json) {
    this.http = http;
    this.settings = settings;
    this.json = json;
  }

  /**
   * @param json empty where the answer is none
   */
  record Answer(int status, String text, JsonNode json) {}

  Answer get(String url, Map<String, String> headers) throws ProviderTrouble {
    return ask(GuardedHttp.Call.get(url, headers));
  }

  Answer ask(GuardedHttp.Call call) throws ProviderTrouble {
    return switch (http.send(call, LIMITS)) {
      case GuardedHttp.Outcome.Answered answered -> {
        String text = new String(answered.body(), StandardCharsets.UTF_8);
        yield new Answer(answered.status(), text, read(text));
      }
      case GuardedHttp.Outcome.Refused refused ->
          throw new ProviderTrouble(
              ProviderTrouble.Kind.unreachable,
              refused.words()
                  + " If it is a provider in your own network, name its host in"
                  + " SHOPBELL_ALLOW_INTERNAL_HOSTS.");
      case GuardedHttp.Outcome.Failed failed ->
          throw new ProviderTrouble(
              ProviderTrouble.Kind.unreachable,
              host(call.url()) + " could not be asked. " + failed.words());
    };
  }

  private JsonNode read(String text) {
    try {
      JsonNode read = json.readTree(text);
      return read.isObject() ? read : json.createObjectNode();
    } catch (JacksonException e) {
      return json.createObjectNode();
    }
  }

  /** Whether it is https; or http to a host that the operator named as one of their own. */
  boolean safe(@Nullable String url) {
    URI address = parsed(url);
    if (address == null || address.getHost() == null || address.getUserInfo() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(address.getScheme())
        || ("http".equalsIgnoreCase(address.getScheme()) && named(address.getHost()));
  }

  private boolean named(String host) {
    return settings.allowInternalHosts().stream()
        .anyMatch(allowed -> allowed.strip().equalsIgnoreCase(host));
  }

  private static String host(String url) {
    URI address = parsed(url);
    String host = address == null ? null : address.getHost();
    return host == null ? "It" : host.toLowerCase(Locale.ROOT);
  }

  private static @Nullable URI parsed(@Nullable String url) {
    try {
      return url == null ? null : new URI(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
