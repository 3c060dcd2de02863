import { Button, PasswordInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import classes from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { ProviderButtons } from '../providers/ProviderButtons';
import { useSession } from '../session';
import { ownSignInQuery } from './queries';

/** Shows its content to whoever has shown lately that it is them; asks the others for their password. */
export function Confirmed({ children, cancel }: { children: ReactNode; cancel?: () => void }) {
  const queryClient = useQueryClient();
  const { agent } = useSession();
  const own = useQuery(ownSignInQuery).data;
  const until = own?.confirmedUntil;
  // What was shown stays: somebody may take their time over it.
  const [confirmed, setConfirmed] = useState(until !== undefined && Date.parse(until) - Date.now() > 60_000);
  const { busy, save, reason, fields } = useSaving();
  if (confirmed) return children;
  if (own && !own.password) {
    return (
      <div className={classes.form}>
        <p>{t('You signed in a while ago: show once more that it is you.')}</p>
        <ProviderButtons next={window.location.pathname} />
        {cancel && (
          <Button variant="subtle" onClick={cancel}>
            {t('Cancel')}
          </Button>
        )}
      </div>
    );
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    void save(async () => {
      await post('/me/confirmation', { password });
      void queryClient.invalidateQueries({ queryKey: keys.ownSignIn });
      setConfirmed(true);
    });
  };
  return (
    <form className={classes.form} onSubmit={onSubmit}>
      <input type="hidden" autoComplete="username" value={agent.email} readOnly />
      <PasswordInput
        name="password"
        label={t('Your password')}
        description={t('You signed in a while ago: show once more that it is you.')}
        autoComplete="current-password"
        required
        autoFocus
        withAsterisk={false}
        error={fields.password}
        visibilityToggleButtonProps={{ 'aria-label': t('Show or hide the password') }}
      />
      {reason && !fields.password && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          {t('Go on')}
        </Button>
        {cancel && (
          <Button variant="subtle" onClick={cancel}>
            {t('Cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
