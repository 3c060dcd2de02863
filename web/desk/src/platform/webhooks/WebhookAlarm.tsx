import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import classes from '../../channels/email/MailAlarm.module.css';
import { t } from '../i18n';
import { hostOf, webhooksQuery } from './webhooks';

const LOOK_AGAIN = 5 * 60_000;

/** What is told nothing any more is missed by nobody here, so it is said on every page. */
export default function WebhookAlarm() {
  const disabled = useQuery({ ...webhooksQuery, refetchInterval: LOOK_AGAIN }).data?.items.filter((each) => each.state === 'disabled') ?? [];
  return (
    <div role="alert">
      {disabled.map((webhook) => (
        <p key={webhook.id} className={classes.alarm}>
          <IconAlertTriangle size={16} aria-hidden className={classes.sign} />
          <span>
            <strong>{t('The webhook to {host} was disabled.', { host: hostOf(webhook) })}</strong>{' '}
            <Link to="/settings/$section" params={{ section: 'webhooks' }}>{t('See what to do')}</Link>
          </span>
        </p>
      ))}
    </div>
  );
}
