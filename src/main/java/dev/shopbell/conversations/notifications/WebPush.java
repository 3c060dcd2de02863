package dev.shopbell.conversations.notifications;

import dev.shopbell.conversations.NotificationKind;
import dev.shopbell.platform.outgoing.GuardedHttp;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Hands one message to the push service of one browser (RFC 8030). */
@Component
class WebPush {
  private static final GuardedHttp.Limits LIMITS =
      new GuardedHttp.Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), 20_000);

  private final GuardedHttp http;
  private final VapidKey key;
  private final JsonMapper json;

  WebPush(GuardedHttp http, VapidKey key, JsonMapper json) {
    this.http = http;
    this.key = key;
    this.json = json;
  }

  /**
   * What a browser shows. Who and what stays out unless the agent wants it on their screen.
   *
   * @param kind a {@link NotificationKind}, or "test"
   * @param count how many events it tells of
   * @param conversation null for a test
   * @param title who, where the agent wants to see it
   * @param body their words, likewise
   */
  record Shown(
      String kind,
      int count,
      @Nullable Long conversation,
      @Nullable String title,
      @Nullable String body) {}

  sealed interface Outcome {
    record Taken() implements Outcome {}

    /** The subscription has ended. */
    record Gone() implements Outcome {}

    /** Another time it may be taken. */
    record Later(@Nullable Duration after) implements Outcome {}

    /** It will not be taken. */
    record Never(String words) implements Outcome {}
  }

  /**
   * @param keeps how long the push service keeps it for a browser that is away
   * @param topic at most 32 characters; a newer message of the same topic replaces it there
   */
  Outcome send(PushDevices.Address device, Shown shown, Duration keeps, @Nullable String topic) {
    byte[] body;
    try {
      body =
          PushCipher.encrypt(
              json.writeValueAsBytes(shown), P256.key(device.publicKey()), device.secret());
    } catch (GeneralSecurityException e) {
      return new Outcome.Never("Its key cannot be used.");
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", key.authorization(URI.create(device.endpoint())));
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Content-Encoding", "aes128gcm");
    headers.put("TTL", Long.toString(keeps.toSeconds()));
    headers.put("Urgency", "high");
    if (topic != null) {
      headers.put("Topic", topic);
    }
    GuardedHttp.Call call = new GuardedHttp.Call("POST", device.endpoint(), headers, body);
    return switch (http.send(call, LIMITS)) {
      case GuardedHttp.Outcome.Answered answer -> outcome(answer);
      case GuardedHttp.Outcome.Refused refused -> new Outcome.Never(refused.words());
      case GuardedHttp.Outcome.Failed _ -> new Outcome.Later(null);
    };
  }

  private static Outcome outcome(GuardedHttp.Outcome.Answered answer) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return new Outcome.Taken();
    }
    if (status == 404 || status == 410) {
      return new Outcome.Gone();
    }
    if (status == 429 || status >= 500) {
      return new Outcome.Later(wait(answer.headers().get("retry-after")));
    }
    return new Outcome.Never("The push service answered " + status + ".");
  }

  private static @Nullable Duration wait(@Nullable String retryAfter) {
    return retryAfter != null && retryAfter.matches("\\d{1,5}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : null;
  }
}
