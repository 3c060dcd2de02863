package dev.shopbell.staff.oidc;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.springframework.stereotype.Component;

/**
 * Believes an ID token only where all of it holds (OpenID Connect Core 1.0, section 3.1.3.7): the
 * signature by a key of the provider, who issued it, for us, now, and in answer to our question.
 * Clocks may differ by a minute.
 */
@Component
class IdTokens {
  /** Signatures that only the provider can make: none that is absent, none by a shared secret. */
  static final List<String> ALGORITHMS =
      List.of(
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.EDDSA);

  private static final int SKEW_SECONDS = 60;
  private static final int OLDEST_SECONDS = 600;
  private static final int LONGEST_SUBJECT = 255;

  private final SigningKeys keys;
  private final Clock clock;

  IdTokens(SigningKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** What it says, by claim; {@code sub} is a text of 1 to 255 characters. */
  Map<String, Object> read(String token, Metadata provider, String clientId, String nonce)
      throws ProviderTrouble {
    JwtClaims claims = verified(token, provider, clientId);
    try {
      boolean forUs =
          claims.hasClaim("azp")
              ? clientId.equals(claims.getStringClaimValue("azp"))
              : claims.getAudience().size() == 1;
      if (!forUs) {
        throw untrusted("was made for another program");
      }
      if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
        throw untrusted("does not answer our question");
      }
      String subject = Objects.requireNonNull(claims.getSubject());
      if (subject.isBlank() || subject.length() > LONGEST_SUBJECT || hasControl(subject)) {
        throw untrusted("names its account in a way that is not allowed");
      }
    } catch (MalformedClaimException e) {
      throw untrusted("is malformed");
    }
    return claims.getClaimsMap();
  }

  private JwtClaims verified(String token, Metadata provider, String clientId)
      throws ProviderTrouble {
    try {
      try {
        return consumer(provider, clientId, keys.at(provider.keys())).processToClaims(token);
      } catch (InvalidJwtException e) {
        if (!(e.getCause() instanceof UnresolvableKeyException)) {
          throw e;
        }
        Optional<List<JsonWebKey>> fresh = keys.anew(provider.keys());
        if (fresh.isEmpty()) {
          throw e;
        }
        return consumer(provider, clientId, fresh.get()).processToClaims(token);
      }
    } catch (InvalidJwtException e) {
      // Its message quotes the token: it must neither be shown nor logged.
      throw trouble(e);
    }
  }

  private JwtConsumer consumer(Metadata provider, String clientId, List<JsonWebKey> known) {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
        .setVerificationKeyResolver((signature, nesting) -> {
          JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(known);
          resolver.setDisambiguateWithVerifySignature(signature.getKeyIdHeaderValue() == null);
          return resolver.resolveKey(signature, nesting);
        })
        .setExpectedIssuer(true, provider.issuer())
        .setExpectedAudience(true, clientId)
        .setRequireSubject()
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(SKEW_SECONDS, OLDEST_SECONDS)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .build();
  }

  private static ProviderTrouble trouble(InvalidJwtException e) {
    if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
      return untrusted("was issued by somebody else");
    }
    if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return untrusted("was made for another program");
    }
    for (int code :
        List.of(
            ErrorCodes.EXPIRED,
            ErrorCodes.NOT_YET_VALID,
            ErrorCodes.ISSUED_AT_INVALID_FUTURE,
            ErrorCodes.ISSUED_AT_INVALID_PAST)) {
      if (e.hasErrorCode(code)) {
        return new ProviderTrouble(
            ProviderTrouble.Kind.clock,
            "What the provider answers is of another time: its clock and the one of this server differ by more than a minute.");
      }
    }
    return untrusted(
        e.getCause() instanceof UnresolvableKeyException
            ? "is signed by a key that the provider does not show"
            : "is not signed by the provider as it should be");
  }

  private static ProviderTrouble untrusted(String words) {
    return new ProviderTrouble(
        ProviderTrouble.Kind.untrusted, "The ID token that came back " + words + ".");
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
