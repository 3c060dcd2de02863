import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../staff/session';
import { messagesQuery } from '../queries';
import { t } from '../../platform/i18n';

/** A quiet word when somebody wrote while this answer was being written. */
export function useNewSince(conversationId: number): string | null {
  const { agent } = useSession();
  const { data } = useInfiniteQuery(messagesQuery(conversationId));
  const newest = data?.pages[0]?.items[0];
  const [began] = useState(newest?.id ?? 0);
  const [since] = useState(newest?.receivedAt ?? '');
  if (!newest || newest.id === began || newest.id < 0 || newest.agent?.id === agent.id || newest.receivedAt <= since) return null;
  const who = newest.agent?.name ?? newest.from.name ?? newest.from.address ?? t('The customer');
  if (newest.direction === 'outbound') return t('{who} has just answered this customer.', { who });
  if (newest.direction === 'note') return t('{who} has just left a note.', { who });
  return t('{who} has just written again.', { who });
}
