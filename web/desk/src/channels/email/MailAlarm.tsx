import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../../staff/session';
import { t } from '../../platform/i18n';
import { isInTrouble, mailAccountsQuery } from './accounts';
import classes from './MailAlarm.module.css';

/** Mail that does not come is noticed by nobody, so it is said on every page. */
export default function MailAlarm() {
  const { may } = useSession();
  const { data } = useQuery({ ...mailAccountsQuery, enabled: may('mail:manage') });
  const troubled = data?.items.filter(isInTrouble) ?? [];
  return (
    <div role="alert">
      {troubled.map((account) => (
        <p key={account.id} className={classes.alarm}>
          <IconAlertTriangle size={16} aria-hidden className={classes.sign} />
          <span>
            <strong>{account.state === 'refused' ? t('{address} is refused.', { address: account.address }) : t('{address} does not answer.', { address: account.address })}</strong>{' '}
            {t('New mail to it is not here.')} <Link to="/settings/$section" params={{ section: 'mailboxes' }}>{t('See what to do')}</Link>
          </span>
        </p>
      ))}
    </div>
  );
}
