import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import '../../platform/mantine-forms.css';
import { post } from '../../platform/http';
import { t, useLanguage } from '../../platform/i18n';
import { useSaving } from '../../settings/useSaving';
import { Doorway } from '../Doorway';

/** Asks for a link by mail, and never says whose address it is. */
export function ForgottenPasswordPage() {
  useLanguage();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const answer = useRef<HTMLParagraphElement>(null);
  const { busy, save, reason, fields } = useSaving();
  // The field that had the focus is gone.
  useEffect(() => answer.current?.focus(), [sentTo]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    void save(async () => {
      await post('/forgotten-password', { email });
      setSentTo(email);
    });
  };
  return (
    <Doorway
      title={sentTo ? t('Look into your mail') : t('Forgotten your password?')}
      documentTitle={t('Forgotten your password?')}
      lead={sentTo ? undefined : t('We mail you a link by which you choose a new one.')}
    >
      {sentTo ? (
        <>
          <p ref={answer} tabIndex={-1} role="status" style={{ outline: 'none' }}>
            {t('If somebody signs in as {address}, a link is on its way there. It works once, within an hour.', { address: sentTo })}
          </p>
          <Button variant="default" size="md" fullWidth mt={24} onClick={() => setSentTo(null)}>
            {t('Ask again')}
          </Button>
        </>
      ) : (
        <form onSubmit={onSubmit}>
          <TextInput
            name="email"
            label={t('Email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            size="md"
            withAsterisk={false}
            error={fields.email}
          />
          {reason && !fields.email && (
            <p role="alert" className="form-problem">
              {reason}
            </p>
          )}
          <Button type="submit" size="md" fullWidth mt={24} loading={busy}>
            {t('Send me a link')}
          </Button>
        </form>
      )}
      <p className="doorway-hint">
        {sentTo && `${t('Nothing there after some minutes? Look into the spam folder, or ask whoever manages people at your desk for a link.')} `}
        <Link to="/sign-in">{t('Back to sign-in')}</Link>
      </p>
    </Doorway>
  );
}
