package dev.shopbell.staff.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.springframework.stereotype.Component;

/** The keys that providers sign with, kept for an hour; asked for anew once a minute at most. */
@Component
class SigningKeys {
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private final Cache<String, Kept> known =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofHours(1)).build();
  private final Wire wire;
  private final Clock clock;

  SigningKeys(Wire wire, Clock clock) {
    this.wire = wire;
    this.clock = clock;
  }

  private record Kept(List<JsonWebKey> keys, Instant at, boolean asFound) {}

  List<JsonWebKey> at(String address) throws ProviderTrouble {
    Kept kept = known.getIfPresent(address);
    return kept == null ? fetch(address, true) : kept.keys();
  }

  /** After a key was named that is not among them; empty where it is too soon to ask again. */
  Optional<List<JsonWebKey>> anew(String address) throws ProviderTrouble {
    Kept kept = known.getIfPresent(address);
    boolean tooSoon =
        kept != null && !kept.asFound() && kept.at().plus(SELDOM).isAfter(clock.instant());
    return tooSoon ? Optional.empty() : Optional.of(fetch(address, false));
  }

  private List<JsonWebKey> fetch(String address, boolean asFound) throws ProviderTrouble {
    Wire.Answer answer = wire.get(address, Map.of("Accept", "application/json"));
    try {
      if (answer.status() == 200) {
        List<JsonWebKey> keys = new JsonWebKeySet(answer.text()).getJsonWebKeys();
        known.put(address, new Kept(List.copyOf(keys), clock.instant(), asFound));
        return keys;
      }
    } catch (JoseException e) {
      // told below: what it says may quote what was answered
    }
    throw new ProviderTrouble(
        ProviderTrouble.Kind.unreachable,
        "The provider does not show the keys that it signs with (" + answer.status() + ").");
  }
}
