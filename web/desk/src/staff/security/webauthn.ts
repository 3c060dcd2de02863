import type { PasskeyChallenge, PasskeyRegistration } from '../../api/types';
import { t } from '../../platform/i18n';

/** Only where the page is encrypted, or on the same machine, and bears a name: a passkey is bound to it. */
export const passkeysPossible = () =>
  typeof PublicKeyCredential === 'function' && window.isSecureContext && !/^[\d.]+$|^\[/.test(window.location.hostname);

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));

function base64url(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** As `toJSON()` writes it, which not every browser has yet. */
function written(credential: PublicKeyCredential, response: Record<string, unknown>): string {
  return JSON.stringify({
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

/** The agent closed the browser's window, or it ran out of time: nothing that needs a sentence of alarm. */
function failure(error: unknown): Error {
  if (error instanceof DOMException && error.name === 'InvalidStateError') return new Error(t('This device has a passkey for you already.'));
  if (error instanceof DOMException && error.name === 'SecurityError') return new Error(t('Open the desk by its public address: passkeys work only there.'));
  return new Error(t('No passkey was used. Try again, or go on in another way.'));
}

export async function makePasskey(registration: PasskeyRegistration): Promise<string> {
  const { challenge, userHandle, userName, displayName, known } = registration;
  const made = (await navigator.credentials
    .create({
      publicKey: {
        challenge: bytes(challenge.challenge),
        rp: { id: challenge.relyingParty, name: 'Shopbell' },
        user: { id: bytes(userHandle), name: userName, displayName },
        pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        excludeCredentials: known.map((id) => ({ type: 'public-key', id: bytes(id) })),
        timeout: 120_000,
      },
    })
    .catch((error: unknown) => Promise.reject(failure(error)))) as PublicKeyCredential | null;
  if (!made) throw failure(null);
  const response = made.response as AuthenticatorAttestationResponse;
  return written(made, {
    clientDataJSON: base64url(response.clientDataJSON),
    attestationObject: base64url(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

export async function answerPasskey(challenge: PasskeyChallenge): Promise<string> {
  const found = (await navigator.credentials
    .get({ publicKey: { challenge: bytes(challenge.challenge), rpId: challenge.relyingParty, userVerification: 'required', timeout: 120_000 } })
    .catch((error: unknown) => Promise.reject(failure(error)))) as PublicKeyCredential | null;
  if (!found) throw failure(null);
  const response = found.response as AuthenticatorAssertionResponse;
  return written(found, {
    clientDataJSON: base64url(response.clientDataJSON),
    authenticatorData: base64url(response.authenticatorData),
    signature: base64url(response.signature),
    userHandle: response.userHandle ? base64url(response.userHandle) : undefined,
  });
}
