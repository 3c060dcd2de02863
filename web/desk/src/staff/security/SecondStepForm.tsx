import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { SecondStep, Session } from '../../api/types';
import { post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { useSaving } from '../../settings/useSaving';
import { PasskeyButton } from './PasskeyButton';

export type SignedInOrHalf = Session | SecondStep;

export function isHalfWay(answer: SignedInOrHalf): answer is SecondStep {
  return 'ticket' in answer;
}

/** What stands between the right password and the desk. */
export function SecondStepForm({ step, done, again }: { step: SecondStep; done: (session: Session) => void; again: () => void }) {
  const [lost, setLost] = useState(!step.app);
  const { busy, save, reason } = useSaving();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    void save(async () => done(await post<Session>('/session/second-step', { ticket: step.ticket, code })));
  };
  return (
    <form onSubmit={onSubmit}>
      <TextInput
        key={lost ? 'recovery' : 'app'}
        name="code"
        label={lost ? t('Recovery code') : t('Code')}
        description={lost ? t('One of the ten that you kept when you set this up. Each works once.') : t('The six digits that your authenticator app shows now.')}
        autoComplete={lost ? 'off' : 'one-time-code'}
        inputMode={lost ? 'text' : 'numeric'}
        maxLength={20}
        required
        autoFocus
        size="md"
        withAsterisk={false}
      />
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <Button type="submit" size="md" fullWidth mt={24} loading={busy}>
        {t('Sign in')}
      </Button>
      {step.passkey && <PasskeyButton done={done} />}
      {step.app && (
        <Button variant="subtle" fullWidth mt={8} onClick={() => setLost(!lost)}>
          {lost ? t('Use the authenticator app') : t('Use a recovery code')}
        </Button>
      )}
      <Button variant="subtle" fullWidth mt={8} onClick={again}>
        {t('Start again')}
      </Button>
      {lost && <p className="doorway-hint">{t('No codes left? Whoever manages people at your desk can take the second step away.')}</p>}
    </form>
  );
}
