import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import classes from '../channels/email/MailAlarm.module.css';
import { t } from '../platform/i18n';
import { backupsQuery, lastEnded } from './backups';

/** Nobody looks for a backup until it is needed, so one that failed is said on every page. */
export default function BackupAlarm() {
  const { data } = useQuery(backupsQuery);
  const failed = lastEnded(data)?.problem != null;
  return (
    <div role="alert">
      {failed && (
        <p className={classes.alarm}>
          <IconAlertTriangle size={16} aria-hidden className={classes.sign} />
          <span>
            <strong>{t('The last backup failed.')}</strong>{' '}
            <Link to="/settings/$section" params={{ section: 'installation' }}>
              {t('See what to do')}
            </Link>
          </span>
        </p>
      )}
    </div>
  );
}
