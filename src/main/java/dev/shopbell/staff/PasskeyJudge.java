package dev.shopbell.staff;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import dev.shopbell.platform.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The rules of WebAuthn (W3C, level 2), as the library judges them: the right challenge from our
 * own origin, the user verified, the signature good, the counter ahead. Where the maker of a device
 * vouches for it (attestation) is not asked.
 */
@Component
class PasskeyJudge {
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          parameters(COSEAlgorithmIdentifier.ES256),
          parameters(COSEAlgorithmIdentifier.EdDSA),
          parameters(COSEAlgorithmIdentifier.RS256));

  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final Settings settings;

  PasskeyJudge(Settings settings) {
    this.settings = settings;
  }

  /**
   * What is kept of a passkey.
   *
   * @param credential id and public key
   * @param synced whether it may be copied to other devices, which never changes
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Kept(byte[] id, byte[] credential, long counter, boolean synced) {}

  /** The host of the public address, to which passkeys are bound. */
  String relyingParty() {
    return Objects.requireNonNull(address().getHost());
  }

  /** The id of the passkey that a browser's answer names, before it is judged. */
  Optional<byte[]> idOf(String answer) {
    try {
      return Optional.ofNullable(manager.parseAuthenticationResponseJSON(answer).getCredentialId());
    } catch (RuntimeException e) {
      // The library has no one way to say that something is missing from what a stranger sent.
      return Optional.empty();
    }
  }

  /** Empty where the answer is not good. */
  Optional<Kept> register(String answer, String challenge) {
    try {
      RegistrationData data =
          manager.verifyRegistrationResponseJSON(
              answer, new RegistrationParameters(expected(challenge), ALGORITHMS, true));
      AuthenticatorData<?> authenticator =
          Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
      AttestedCredentialData credential =
          Objects.requireNonNull(authenticator.getAttestedCredentialData());
      return Optional.of(
          new Kept(
              credential.getCredentialId(),
              credentials.convert(credential),
              authenticator.getSignCount(),
              authenticator.isFlagBE()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The counter that the device has reached; empty where the answer is not good. */
  Optional<Long> authenticate(String answer, String challenge, Kept kept, byte[] userHandle) {
    try {
      AuthenticationData data =
          manager.verifyAuthenticationResponseJSON(
              answer,
              new AuthenticationParameters(
                  expected(challenge),
                  new CredentialRecordImpl(
                      new NoneAttestationStatement(),
                      true,
                      kept.synced(),
                      null,
                      kept.counter(),
                      credentials.convert(kept.credential()),
                      null,
                      null,
                      null,
                      null),
                  List.of(kept.id()),
                  true));
      byte[] handle = data.getUserHandle();
      return handle == null || !Arrays.equals(handle, userHandle)
          ? Optional.empty()
          : Optional.of(Objects.requireNonNull(data.getAuthenticatorData()).getSignCount());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private ServerProperty expected(String challenge) {
    return ServerProperty.builder()
        .origin(Origin.create(address().getScheme() + "://" + address().getAuthority()))
        .rpId(relyingParty())
        .challenge(new DefaultChallenge(challenge.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  /** Without a path, and in small letters, as browsers say where a page is from. */
  private URI address() {
    return URI.create(settings.linkBase().toLowerCase(Locale.ROOT));
  }

  private static PublicKeyCredentialParameters parameters(COSEAlgorithmIdentifier algorithm) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
  }
}
