import { useEffect } from 'react';
import type { Conversation, Fact, Message } from '../../api/types';
import { del, put, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys, queryClient } from '../../platform/queries';
import { toast, toastProblem } from '../../platform/toasts';
import { sessionQuery, useSession } from '../../staff/session';
import { touch } from '../freshen';
import { patchLists } from '../list/windows';

/** So long a conversation stands open before it counts as seen: walking past is not reading. */
const MOMENT_MS = 1_000;

/** What this desk has said itself, so that it need not follow its own words. */
const said = new Map<number, number>();

export type Reader = Conversation['readers'][number];

function showUnread(id: number, unread: boolean): void {
  patchLists(id, (row) => (row.unread === unread ? row : { ...row, unread }));
  queryClient.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, unread });
}

function showReader(id: number, reader: Reader): void {
  queryClient.setQueryData<Conversation>(
    keys.conversation(id),
    (old) => old && { ...old, readers: [reader, ...old.readers.filter((each) => each.agentId !== reader.agentId)] },
  );
}

function markOf(id: number, agentId: number): number | null {
  const readers = queryClient.getQueryData<Conversation>(keys.conversation(id))?.readers;
  return readers?.find((each) => each.agentId === agentId)?.messageId ?? null;
}

function markRead(id: number, messageId: number, me: number): void {
  const mark = markOf(id, me);
  if (mark !== null && mark >= messageId) return;
  said.set(id, messageId);
  showReader(id, { agentId: me, messageId, seenAt: new Date().toISOString() });
  showUnread(id, false);
  // Not to be told to anybody: what did not arrive is said again when the conversation is next open.
  put(`/conversations/${id}/read`, { messageId }).catch(() => said.delete(id));
}

/** Says what the agent sees, once it has stood on a visible page for a moment. */
export function useReading(id: number, messages: Message[]): void {
  const { agent } = useSession();
  const newest = messages.reduce((most, message) => Math.max(most, message.id), 0);
  useEffect(() => {
    if (newest === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(() => markRead(id, newest, agent.id), MOMENT_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id, newest, agent.id]);
}

/** Puts a conversation back among those that the agent has not seen. */
export function markUnread(conversation: Conversation): void {
  const { id } = conversation;
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.agent.id ?? -1;
  const mark = markOf(id, me);
  const again = () => {
    if (mark === null) return;
    showUnread(id, false);
    put(`/conversations/${id}/read`, { messageId: mark })
      .catch((error: unknown) => toastProblem(reasonOf(error)))
      .finally(() => touch(id, false));
  };
  said.delete(id);
  showUnread(id, true);
  toast(t('Marked as unread'), { action: { label: t('Undo'), chord: 'z', run: again } });
  del(`/conversations/${id}/read`)
    .catch((error: unknown) => {
      showUnread(id, false);
      toastProblem(t('It could not be marked as unread. {reason}', { reason: reasonOf(error) }));
    })
    .finally(() => void queryClient.invalidateQueries({ queryKey: keys.conversation(id) }));
}

/** What colleagues read, and what the agent reads elsewhere. True where the fact was of this kind. */
export function followReading(fact: Fact): boolean {
  if (fact.name !== 'ConversationViewed' && fact.name !== 'ConversationUnviewed') return false;
  const { conversationId: id, agentId, messageId } = fact;
  if (id === undefined || agentId === undefined || messageId === undefined) return true;
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.agent.id;
  if (agentId !== me) showReader(id, { agentId, messageId, seenAt: fact.at ?? new Date().toISOString() });
  else if (said.get(id) !== messageId || fact.name === 'ConversationUnviewed') touch(id, false);
  return true;
}
