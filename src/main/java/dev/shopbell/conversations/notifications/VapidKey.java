package dev.shopbell.conversations.notifications;

import dev.shopbell.platform.SecretBox;
import dev.shopbell.platform.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows push services who sends (VAPID, RFC 8292). The key pair is made once for the installation;
 * browsers bind their subscription to it.
 */
@Component
class VapidKey {
  private static final String PURPOSE = "push key";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** At most a day (RFC 8292, section 2). */
  private static final Duration VALID = Duration.ofHours(12);

  private final JdbcClient jdbc;
  private final SecretBox box;
  private final Settings settings;
  private final JsonMapper json;
  private final Clock clock;
  private volatile @Nullable Pair pair;

  VapidKey(JdbcClient jdbc, SecretBox box, Settings settings, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.box = box;
    this.settings = settings;
    this.json = json;
    this.clock = clock;
  }

  private record Pair(String publicKey, PrivateKey privateKey) {}

  /** As browsers want it: 65 bytes in Base64 for URLs. */
  String publicKey() {
    return pair().publicKey();
  }

  /** The value of the header {@code Authorization} for a push service. */
  String authorization(URI endpoint) {
    Pair known = pair();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", endpoint.getScheme() + "://" + endpoint.getRawAuthority());
    claims.put("exp", clock.instant().plus(VALID).getEpochSecond());
    String contact = settings.linkBase();
    if (contact.startsWith("https:")) {
      claims.put("sub", contact);
    }
    String head = encoded(Map.of("typ", "JWT", "alg", "ES256"));
    String unsigned = head + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(known.privateKey());
      signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
      String token = unsigned + "." + BASE64.encodeToString(signature.sign());
      return "vapid t=" + token + ", k=" + known.publicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String encoded(Map<String, Object> part) {
    return BASE64.encodeToString(json.writeValueAsBytes(part));
  }

  private Pair pair() {
    Pair known = pair;
    if (known == null) {
      known = stored();
      pair = known;
    }
    return known;
  }

  private Pair stored() {
    try {
      KeyPair made = P256.newPair();
      jdbc.sql(
              "insert into push_key (public_key, private_key) values (?, ?) on conflict do nothing")
          .param(BASE64.encodeToString(P256.point((ECPublicKey) made.getPublic())))
          .param(
              box.seal(PURPOSE, Base64.getEncoder().encodeToString(made.getPrivate().getEncoded())))
          .update();
      // Another node may have been first.
      return jdbc.sql("select public_key, private_key from push_key")
          .query((row, n) -> new Pair(row.getString(1), opened(row.getBytes(2))))
          .single();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private PrivateKey opened(byte[] sealed) {
    try {
      byte[] encoded = Base64.getDecoder().decode(box.open(PURPOSE, sealed));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
