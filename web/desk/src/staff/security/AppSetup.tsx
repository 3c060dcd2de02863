import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AppSetup as Setup, RecoveryCodes as Codes } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { CopyBox } from '../../platform/CopyText';
import { post, put } from '../../platform/http';
import { t } from '../../platform/i18n';
import { Trouble } from '../../platform/Trouble';
import { useSaving } from '../../settings/useSaving';
import { QrCode } from './QrCode';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './Security.module.css';

/** The key, a first code, and the recovery codes. */
export function AppSetup({ done, cancel }: { done: () => void; cancel?: () => void }) {
  const setup = useQuery({
    queryKey: ['app-setup'],
    queryFn: () => post<Setup>('/me/authenticator-app'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const [codes, setCodes] = useState<string[] | null>(null);
  const { busy, save, reason, fields } = useSaving();
  if (codes) return <RecoveryCodes codes={codes} done={done} />;
  if (setup.isError) return <Trouble error={setup.error} what={t('the authenticator app')} retry={() => void setup.refetch()} />;
  if (!setup.data) return <Bone width={200} height={200} />;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    void save(async () => {
      const answer = await put<Codes>('/me/authenticator-app', { code });
      if (answer.codes.length > 0) setCodes(answer.codes);
      else done();
    });
  };
  return (
    <div className={classes.setup}>
      <p>{t('Scan this with an authenticator app on your phone, such as the one that keeps your passwords.')}</p>
      <QrCode text={setup.data.uri} label={t('QR code for the authenticator app')} />
      <div className={classes.key}>
        <p>{t('Or type this key, or open it on this device:')}</p>
        <CopyBox text={setup.data.key} label={t('Copy the key')} />
        <p>
          <a href={setup.data.uri}>{t('Open in an app here')}</a>
        </p>
      </div>
      <form onSubmit={onSubmit}>
        <TextInput
          name="code"
          label={t('Code')}
          description={t('The six digits that the app shows now.')}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={8}
          required
          autoFocus
          withAsterisk={false}
          error={fields.code}
        />
        {reason && !fields.code && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={classes.actions} style={{ marginTop: 16 }}>
          <Button type="submit" loading={busy}>
            {t('Turn it on')}
          </Button>
          {cancel && (
            <Button variant="subtle" onClick={cancel}>
              {t('Cancel')}
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}
