import { IconArrowsSplit2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { LinkedConversation } from '../../api/types';
import { StatusSign } from '../list/signs';
import { t } from '../../platform/i18n';
import classes from './LinkedConversations.module.css';

const RELATIONS = {
  get continues() { return t('Continues'); },
  get continuedBy() { return t('Continued by'); },
  get claims() { return t('Claims to belong to'); },
  get claimedBy() { return t('Claimed by'); },
};

export function LinkedConversations({ linked }: { linked: LinkedConversation[] }) {
  if (linked.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('Linked conversations')}>
      {linked.map((each) => (
        <li key={`${each.relation}-${each.id}`} className={classes.item}>
          <IconArrowsSplit2 size={14} aria-hidden />
          <span className={classes.relation}>{RELATIONS[each.relation]}</span>
          <StatusSign status={each.status} />
          <Link to="/inbox/$view/$conversationId" params={{ view: 'all', conversationId: String(each.id) }} className="truncate">
            #{each.number} {each.subject || t('No subject')}
          </Link>
        </li>
      ))}
    </ul>
  );
}
