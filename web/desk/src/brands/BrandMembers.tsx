import { Link } from '@tanstack/react-router';
import type { Brand } from '../api/types';
import { t } from '../platform/i18n';
import classes from '../settings/Settings.module.css';
import { useAgents } from '../staff/session';
import { useMailboxesOf } from './queries';

/** At which addresses a brand takes mail, and who sees what comes. */
export function BrandMembers({ brand }: { brand: Brand }) {
  const mailboxes = useMailboxesOf(brand.id);
  const members = useAgents().filter((agent) => agent.active && (agent.sees.brands === null || agent.sees.brands.includes(brand.id)));
  return (
    <dl className={classes.terms} style={{ paddingTop: 24 }}>
      <dt>{t('Addresses')}</dt>
      <dd>
        {mailboxes.map((mailbox) => mailbox.address).join(', ') || t('None yet')}
        {' · '}
        <Link to="/settings/$section" params={{ section: 'mailboxes' }}>
          {t('Mailboxes')}
        </Link>
      </dd>
      <dt>{t('Seen by')}</dt>
      <dd>
        {members.map((agent) => agent.name).join(', ')}
        {' · '}
        <Link to="/settings/$section" params={{ section: 'people' }}>
          {t('People')}
        </Link>
      </dd>
    </dl>
  );
}
