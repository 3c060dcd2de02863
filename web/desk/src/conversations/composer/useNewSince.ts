import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../staff/session';
import { messagesQuery } from '../queries';

/** A quiet word when somebody wrote while this answer was being written. */
export function useNewSince(conversationId: number): string | null {
  const { agent } = useSession();
  const { data } = useInfiniteQuery(messagesQuery(conversationId));
  const newest = data?.pages[0]?.items[0];
  const [began] = useState(newest?.id ?? 0);
  const [since] = useState(newest?.receivedAt ?? '');
  if (!newest || newest.id === began || newest.id < 0 || newest.agent?.id === agent.id || newest.receivedAt <= since) return null;
  const who = newest.agent?.name ?? newest.from.name ?? newest.from.address ?? 'The customer';
  if (newest.direction === 'outbound') return `${who} has just answered this customer.`;
  if (newest.direction === 'note') return `${who} has just left a note.`;
  return `${who} has just written again.`;
}
