import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import type { PasskeyChallenge, Session } from '../../api/types';
import { post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { useSaving } from '../../settings/useSaving';
import { answerPasskey, passkeysPossible } from './webauthn';

/** Signs in by a passkey alone: it says who its agent is. */
export function PasskeyButton({ done }: { done: (session: Session) => void }) {
  const { busy, save, reason } = useSaving();
  if (!passkeysPossible()) return null;
  const signIn = () =>
    void save(async () => {
      const challenge = await post<PasskeyChallenge>('/session/passkey-challenge');
      const credential = await answerPasskey(challenge);
      done(await post<Session>('/session/passkey', { ticket: challenge.ticket, credential }));
    });
  return (
    <>
      <Button variant="default" size="md" fullWidth mt={12} loading={busy} leftSection={<IconFingerprint size={18} />} onClick={signIn}>
        {t('Use a passkey')}
      </Button>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
    </>
  );
}
