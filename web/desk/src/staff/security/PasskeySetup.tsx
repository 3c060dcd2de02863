import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PasskeyRegistration, RecoveryCodes as Codes } from '../../api/types';
import { post } from '../../platform/http';
import { t } from '../../platform/i18n';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { RecoveryCodes } from './RecoveryCodes';
import { makePasskey } from './webauthn';

/** A name, then the browser's own window, then the recovery codes if there are none yet. */
export function PasskeySetup({ done, cancel }: { done: () => void; cancel: () => void }) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const { busy, save, reason, fields } = useSaving();
  if (codes) return <RecoveryCodes codes={codes} done={done} />;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    void save(async () => {
      const registration = await post<PasskeyRegistration>('/me/passkey-challenge');
      const credential = await makePasskey(registration);
      const answer = await post<Codes>('/me/passkeys', { ticket: registration.challenge.ticket, name, credential });
      if (answer.codes.length > 0) setCodes(answer.codes);
      else done();
    });
  };
  return (
    <form className={settings.form} onSubmit={onSubmit}>
      <TextInput
        name="name"
        label={t('Name')}
        description={t('By which you know the device, such as “Laptop” or “Blue key”.')}
        maxLength={60}
        required
        autoFocus
        withAsterisk={false}
        error={fields.name}
      />
      {reason && !fields.name && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={settings.actions}>
        <Button type="submit" loading={busy}>
          {t('Make the passkey')}
        </Button>
        <Button variant="subtle" onClick={cancel}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
