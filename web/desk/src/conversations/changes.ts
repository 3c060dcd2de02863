import type { AgentRef, Conversation, ConversationRow, Counters, Priority, Status, Tag } from '../api/types';
import { newKey, reasonOf } from '../platform/http';
import { amid, t } from '../platform/i18n';
import { outgoing } from '../platform/outgoing/outgoing';
import { keys, type ListFilter, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import { sessionQuery } from '../staff/session';
import { untilTime } from '../platform/instants';
import { hold, release, touch } from './freshen';
import { PRIORITY_NAMES } from './list/signs';
import { patchLists } from './list/windows';
import { belongs } from './views';
import { holds } from './views/holds';
import { cachedView, conditionsOf } from './views/viewQueries';

export type RowPatch = Partial<
  Pick<ConversationRow, 'status' | 'priority' | 'assignee' | 'teamId' | 'tags' | 'subject' | 'snoozedUntil' | 'waitingSince' | 'unread'>
>;

interface Change {
  patch: RowPatch;
  path: string;
  body: unknown;
  /** Said in the toast, with Undo beside it. */
  done: string;
  /** What failed, for people: "It could not be resolved". */
  failed: string;
  back: () => Promise<void>;
}

function me(): number {
  return queryClient.getQueryData(sessionQuery.queryKey)?.agent.id ?? -1;
}

/** Shows a conversation as changed in every list, and takes it out of those it has left. */
export function showInCaches(id: number, change: RowPatch): void {
  const myId = me();
  let before: ConversationRow | undefined = queryClient.getQueryData<Conversation>(keys.conversation(id));
  patchLists(id, (row, filter) => {
    before ??= row;
    const changed = { ...row, ...change };
    return staysIn(changed, filter, myId) ? changed : null;
  });
  queryClient.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, ...change });
  if (before) recount(before, { ...before, ...change }, myId);
}

const COUNTED = ['mine', 'unassigned', 'open', 'waiting', 'snoozed', 'spam'] as const;

function recount(before: ConversationRow, after: ConversationRow, myId: number): void {
  queryClient.setQueryData<Counters>(keys.counters, (old) => {
    if (!old) return old;
    const next = { ...old };
    for (const view of COUNTED) {
      const moved = Number(belongs(after, view, myId)) - Number(belongs(before, view, myId));
      // More than 999 are not counted; what is not counted cannot be counted on.
      if (next[view] <= 999) next[view] = Math.max(0, next[view] + moved);
    }
    next.views = old.views.map((counter) => {
      const conditions = cachedView(String(counter.id))?.conditions;
      if (!conditions || counter.count === null || counter.count > 999) return counter;
      const moved = Number(holds(conditions, after, myId)) - Number(holds(conditions, before, myId));
      return { ...counter, count: Math.max(0, counter.count + moved) };
    });
    return next;
  });
}

/** Whether a changed row stays in a list, as the server would decide. */
function staysIn(row: ConversationRow, filter: ListFilter, myId: number): boolean {
  const conditions = conditionsOf(filter);
  return conditions ? holds(conditions, row, myId) : belongs(row, filter.view, myId);
}

async function stopFetching(id: number): Promise<void> {
  await Promise.all([
    queryClient.cancelQueries({ queryKey: keys.lists }),
    queryClient.cancelQueries({ queryKey: keys.conversation(id) }),
    queryClient.cancelQueries({ queryKey: keys.counters }),
  ]);
}

/** Shows the change at once, tells the server behind it, and takes it back with the reason if refused. */
async function apply(row: ConversationRow, change: Change, quiet = false): Promise<void> {
  const previous = Object.fromEntries((Object.keys(change.patch) as (keyof RowPatch)[]).map((key) => [key, row[key]])) as RowPatch;
  let waits = false;
  hold();
  await stopFetching(row.id);
  showInCaches(row.id, change.patch);
  if (!quiet) toast(change.done, { action: { label: t('Undo'), chord: 'z', run: () => void change.back() } });
  try {
    const outcome = await outgoing.deliver<unknown>({
      key: newKey(),
      lane: laneOf(row.id),
      kind: 'change',
      method: 'PUT',
      path: `/conversations/${row.id}/${change.path}`,
      body: change.body,
      what: `${change.done} · #${row.number}`,
      excerpt: row.subject ?? '',
      conversationId: row.id,
      keep: { failed: change.failed, previous } satisfies KeptChange,
    });
    // What is read now would show the state before it.
    waits = outcome === 'waiting';
  } catch (error) {
    showInCaches(row.id, previous);
    toastProblem(`${change.failed}. ${reasonOf(error)}`);
  } finally {
    if (!waits) touch(row.id, false);
    release();
  }
}

interface KeptChange {
  failed: string;
  previous: RowPatch;
}

/** What belongs to one conversation stays in order. */
export function laneOf(conversationId: number): string {
  return `conversation ${conversationId}`;
}

/** What becomes of changes that waited, also after the page was loaded anew. */
export function careForChanges(): void {
  outgoing.care('change', {
    sent: (entry) => {
      if (entry.conversationId !== null) touch(entry.conversationId, false);
    },
    refused: (entry, error) => {
      const { failed, previous } = entry.keep as KeptChange;
      toastProblem(`${failed}. ${reasonOf(error)}`);
      if (entry.conversationId !== null) {
        showInCaches(entry.conversationId, previous);
        touch(entry.conversationId, false);
      }
      return true;
    },
  });
}

const STATUS_WORDS: Record<Status, { done: string; failed: string }> = {
  open: { get done() { return t('Reopened'); }, get failed() { return t('It could not be reopened'); } },
  waiting: { get done() { return t('Waiting for the customer'); }, get failed() { return t('It could not be set to waiting'); } },
  snoozed: { get done() { return t('Snoozed'); }, get failed() { return t('It could not be snoozed'); } },
  resolved: { get done() { return t('Resolved'); }, get failed() { return t('It could not be resolved'); } },
  spam: { get done() { return t('Marked as spam'); }, get failed() { return t('It could not be marked as spam'); } },
};

export function changeStatus(row: ConversationRow, status: Status, snoozedUntil: string | null = null, quiet = false): Promise<void> {
  const words = STATUS_WORDS[status];
  return apply(
    row,
    {
      patch: { status, snoozedUntil },
      path: 'status',
      body: status === 'snoozed' ? { status, snoozedUntil } : { status },
      done: snoozedUntil
        ? t('Snoozed until {time}', { time: untilTime(snoozedUntil, Date.now()) })
        : status === 'snoozed'
          ? t('Snoozed until they reply')
          : words.done,
      failed: words.failed,
      back: () => changeStatus({ ...row, status, snoozedUntil }, row.status, row.snoozedUntil, true),
    },
    quiet,
  );
}

/** A conversation may be an agent's, a team's or both; both are set together. */
export function assign(row: ConversationRow, assignee: AgentRef | null, teamId: number | null = row.teamId, quiet = false): Promise<void> {
  const mine = assignee !== null && assignee.id === me();
  return apply(
    row,
    {
      patch: { assignee, teamId },
      path: 'assignee',
      body: { agentId: assignee?.id ?? null, teamId },
      done: assignedWords(row, assignee, teamId, mine),
      failed: t('It could not be assigned'),
      back: () => assign({ ...row, assignee, teamId }, row.assignee, row.teamId, true),
    },
    quiet,
  );
}

function assignedWords(row: ConversationRow, assignee: AgentRef | null, teamId: number | null, mine: boolean): string {
  if (teamId !== null && teamId !== row.teamId) return t('Given to the team');
  if (assignee === null) return t('Unassigned');
  return mine ? t('Assigned to you') : t('Assigned to {name}', { name: assignee.name });
}

export function changePriority(row: ConversationRow, priority: Priority, quiet = false): Promise<void> {
  return apply(
    row,
    {
      patch: { priority },
      path: 'priority',
      body: { priority },
      done: t('Priority: {priority}', { priority: amid(PRIORITY_NAMES[priority]) }),
      failed: t('The priority could not be changed'),
      back: () => changePriority({ ...row, priority }, row.priority, true),
    },
    quiet,
  );
}

export function changeTags(row: ConversationRow, tags: Tag[], quiet = false): Promise<void> {
  const added = tags.find((tag) => !row.tags.some((had) => had.name === tag.name));
  const removed = row.tags.find((had) => !tags.some((tag) => tag.name === had.name));
  return apply(
    row,
    {
      patch: { tags },
      path: 'tags',
      body: { tags: tags.map((tag) => tag.name) },
      done: added ? t('Tagged {name}', { name: added.name }) : removed ? t('Tag {name} removed', { name: removed.name }) : t('Tags changed'),
      failed: t('The tags could not be changed'),
      back: () => changeTags({ ...row, tags }, row.tags, true),
    },
    quiet,
  );
}

export function rename(row: ConversationRow, subject: string, quiet = false): Promise<void> {
  return apply(
    row,
    {
      patch: { subject },
      path: 'subject',
      body: { subject },
      done: t('Subject changed'),
      failed: t('The subject could not be changed'),
      back: () => rename({ ...row, subject }, row.subject ?? '', true),
    },
    quiet,
  );
}
