import { useMemo, useState } from 'react';
import type { Message } from '../../api/types';
import { foundRow } from '../list/windows';
import { soughtIn, spansOfWords } from '../search/query';
import { type Hit, hitsIn } from './matches';
import { useMarks } from './useMarks';

/** In a conversation that was opened from a search: what was searched for is marked, and the hit of the list is in sight. */
export function FoundMarks({ q, conversationId, messages }: { q: string; conversationId: number; messages: Message[] }) {
  const sought = useMemo(() => soughtIn(q), [q]);
  const find = useMemo(() => (text: string) => spansOfWords(text, sought), [sought]);
  // What comes while one reads moves nothing.
  const [messageId] = useState(() => foundRow(conversationId, q)?.match?.messageId ?? null);
  const hits = useMemo(() => hitsIn(messages, find), [messages, find]);
  let hit: Hit | null = null;
  if (sought.length > 0 && messageId !== null) {
    hit = hits.find((each) => each.messageId === messageId) ?? { messageId, place: 0, folded: false };
  }
  useMarks(find, hit);
  return null;
}
