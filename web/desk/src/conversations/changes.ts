import type { InfiniteData } from '@tanstack/react-query';
import type { AgentRef, Conversation, ConversationRow, Counters, Page, Priority, Status, Tag } from '../api/types';
import { put, reasonOf } from '../platform/http';
import { amid, t } from '../platform/i18n';
import { keys, type ListFilter, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import { sessionQuery } from '../staff/session';
import { comingTime } from '../platform/instants';
import { hold, release, touch } from './freshen';
import { PRIORITY_NAMES } from './list/signs';
import { belongs } from './views';

type RowPatch = Partial<Pick<ConversationRow, 'status' | 'priority' | 'assignee' | 'tags' | 'subject' | 'snoozedUntil' | 'waitingSince'>>;

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
  for (const [key, data] of queryClient.getQueriesData<InfiniteData<Page<ConversationRow>>>({ queryKey: keys.lists })) {
    const filter = key[1] as ListFilter;
    if (!data?.pages.some((page) => page.items.some((row) => row.id === id))) continue;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((row) => {
        if (row.id !== id) return [row];
        before ??= row;
        const changed = { ...row, ...change };
        return belongs(changed, filter.view, myId) ? [changed] : [];
      }),
    }));
    queryClient.setQueryData(key, { ...data, pages });
  }
  queryClient.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, ...change });
  if (before) recount(before, { ...before, ...change }, myId);
}

function recount(before: ConversationRow, after: ConversationRow, myId: number): void {
  queryClient.setQueryData<Counters>(keys.counters, (old) => {
    if (!old) return old;
    const next = { ...old };
    for (const view of Object.keys(old) as (keyof Counters)[]) {
      const moved = Number(belongs(after, view, myId)) - Number(belongs(before, view, myId));
      // The server caps at 9999; what is capped cannot be counted on.
      if (next[view] < 9999) next[view] = Math.max(0, next[view] + moved);
    }
    return next;
  });
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
  hold();
  await stopFetching(row.id);
  showInCaches(row.id, change.patch);
  if (!quiet) toast(change.done, { action: { label: t('Undo'), chord: 'z', run: () => void change.back() } });
  try {
    await put(`/conversations/${row.id}/${change.path}`, change.body);
  } catch (error) {
    showInCaches(row.id, previous);
    toastProblem(`${change.failed}. ${reasonOf(error)}`);
  } finally {
    touch(row.id, false);
    release();
  }
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
      done: snoozedUntil ? t('Snoozed until {time}', { time: comingTime(snoozedUntil, Date.now()) }) : words.done,
      failed: words.failed,
      back: () => changeStatus({ ...row, status, snoozedUntil }, row.status, row.snoozedUntil, true),
    },
    quiet,
  );
}

export function assign(row: ConversationRow, assignee: AgentRef | null, quiet = false): Promise<void> {
  const mine = assignee !== null && assignee.id === me();
  return apply(
    row,
    {
      patch: { assignee },
      path: 'assignee',
      body: { agentId: assignee?.id ?? null },
      done: assignee === null ? t('Unassigned') : mine ? t('Assigned to you') : t('Assigned to {name}', { name: assignee.name }),
      failed: t('It could not be assigned'),
      back: () => assign({ ...row, assignee }, row.assignee, true),
    },
    quiet,
  );
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
