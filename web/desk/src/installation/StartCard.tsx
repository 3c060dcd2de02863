import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { t } from '../platform/i18n';
import { IconAction } from '../platform/IconAction';
import { useStored } from '../platform/stored';
import { useSession } from '../staff/session';
import { installationQuery, stepsDone } from './queries';
import classes from './StartCard.module.css';

/** A quiet reminder for owners, until everything is set up or they have seen enough of it. */
export function StartCard() {
  const { may } = useSession();
  const owner = may('installation:manage');
  const { data } = useQuery({ ...installationQuery, enabled: owner });
  const [dismissed, dismiss] = useStored('startCard', '');
  if (!owner || !data || dismissed === 'dismissed') return null;
  const { done, of } = stepsDone(data);
  if (done === of) return null;
  return (
    <div className={classes.card} role="group" aria-label={t('Getting started')}>
      <Link to="/start" className={classes.link}>
        <strong>{t('Getting started')}</strong>
        <progress className={classes.bar} value={done} max={of} aria-label={t('Steps done')} />
        <span className={classes.text}>
          <span aria-hidden>{t('{done} of {all}', { done, all: of })}</span>
          <span className="visually-hidden">{t('{done} of {all} done', { done, all: of })}</span>
        </span>
      </Link>
      <IconAction label={t('Hide this card')} size={28} onClick={() => dismiss('dismissed')}>
        <IconX size={16} />
      </IconAction>
    </div>
  );
}
