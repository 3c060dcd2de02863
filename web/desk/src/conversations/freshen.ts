import type { InfiniteData } from '@tanstack/react-query';
import type { Conversation, ConversationRow, Message, Page } from '../api/types';
import { Refusal } from '../platform/http';
import { keys, type ListFilter, queryClient } from '../platform/queries';
import { conversationQuery, messagesPage, rowsPage } from './queries';
import { belongs } from './views';

type Pages<T> = InfiniteData<Page<T>, string | null>;

const GATHER_MS = 150;
/** More than this, deep in a long list, and reading the list anew is cheaper. */
const MOST_SINGLE = 8;

/** Conversations that have changed; true where messages have, too. */
const touched = new Map<number, boolean>();
let timer: ReturnType<typeof setTimeout> | undefined;
let held = 0;
let flight: AbortController | null = null;

/** Has what is shown of a conversation read again, a moment later and together with others. */
export function touch(id: number, messages: boolean): void {
  touched.set(id, messages || touched.get(id) === true);
  schedule();
}

/** The same for every conversation of a customer that is on a list. */
export function touchCustomer(customerId: number): void {
  for (const [, data] of queryClient.getQueriesData<Pages<ConversationRow>>({ queryKey: keys.lists }))
    for (const page of data?.pages ?? []) for (const row of page.items) if (row.customer.id === customerId) touch(row.id, false);
}

/** While a change of ours is on its way, reading would bring back the state before it. */
export function hold(): void {
  held++;
  flight?.abort();
}

export function release(): void {
  held--;
  schedule();
}

function schedule(): void {
  // One after the other: under a steady rain of facts an earlier reading must still come to its end.
  if (held > 0 || touched.size === 0 || flight !== null) return;
  timer ??= setTimeout(() => {
    timer = undefined;
    if (held === 0 && flight === null) void flush();
  }, GATHER_MS);
}

async function flush(): Promise<void> {
  const batch = new Map(touched);
  touched.clear();
  const controller = new AbortController();
  flight = controller;
  const { signal } = controller;
  void queryClient.invalidateQueries({ queryKey: keys.counters });
  for (const id of batch.keys()) {
    void queryClient.invalidateQueries({ queryKey: keys.conversation(id) });
    void queryClient.invalidateQueries({ queryKey: keys.events(id) });
  }
  const work = [
    ...[...batch].filter(([, messages]) => messages).map(([id]) => freshenThread(id, signal)),
    ...queryClient
      .getQueryCache()
      .findAll({ queryKey: keys.lists })
      .map((query) => freshenList(query.queryKey[1] as ListFilter, query.isActive(), new Set(batch.keys()), signal)),
  ];
  await Promise.all(work);
  flight = null;
  if (signal.aborted) for (const [id, messages] of batch) touched.set(id, messages || touched.get(id) === true);
  schedule();
}

/** What nobody looks at is read when somebody does, and then from its first page. */
function setAside(key: readonly unknown[]): void {
  queryClient.setQueryData<Pages<unknown>>(key, (old) => old && { pages: old.pages.slice(0, 1), pageParams: old.pageParams.slice(0, 1) }, {
    updatedAt: queryClient.getQueryState(key)?.dataUpdatedAt,
  });
  void queryClient.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' });
}

/** Reads the first page of a list and lays it over what is loaded, however long that is. */
async function freshenList(filter: ListFilter, active: boolean, changed: Set<number>, signal: AbortSignal): Promise<void> {
  const key = keys.list(filter);
  if (!active) {
    setAside(key);
    return;
  }
  const whole = () => void queryClient.invalidateQueries({ queryKey: key, exact: true });
  try {
    if (!queryClient.getQueryData(key)) {
      whole();
      return;
    }
    const first = await rowsPage(filter, null, signal);
    await settled(key);
    const before = queryClient.getQueryData<Pages<ConversationRow>>(key);
    const deep = before ? deepChanges(before, first, changed) : [];
    if (!before || deep.length > MOST_SINGLE) {
      whole();
      return;
    }
    const single = await Promise.all(deep.map((id) => rowOf(id, signal)));
    await settled(key);
    if (signal.aborted) return;
    const me = queryClient.getQueryData<{ agent: { id: number } }>(keys.session)?.agent.id ?? -1;
    const there = single.filter(
      (row): row is Conversation =>
        row !== null && belongs(row, filter.view, me) && (filter.brand === undefined || row.brandId === filter.brand),
    );
    queryClient.setQueryData<Pages<ConversationRow>>(key, (now) => now && mergeRows(now, first, new Set(deep), there, Boolean(filter.q)));
  } catch {
    if (!signal.aborted) whole();
  }
}

/** A further page that is just being read would be laid over what we are about to show. */
async function settled(key: readonly unknown[]): Promise<void> {
  const query = queryClient.getQueryCache().find({ queryKey: key });
  if (query?.state.fetchStatus === 'fetching') await query.promise?.catch(() => undefined);
}

function deepChanges(before: Pages<ConversationRow>, first: Page<ConversationRow>, changed: Set<number>): number[] {
  if (first.next === null || before.pages.length < 2) return [];
  const onTop = new Set(first.items.map((row) => row.id));
  return [...changed].filter((id) => !onTop.has(id));
}

async function rowOf(id: number, signal: AbortSignal): Promise<Conversation | null> {
  try {
    return await queryClient.fetchQuery({ ...conversationQuery(id), staleTime: 0, retry: false });
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    signal.throwIfAborted();
    throw error;
  }
}

const newestFirst = (a: ConversationRow, b: ConversationRow) =>
  a.lastMessageAt === b.lastMessageAt ? b.id - a.id : a.lastMessageAt < b.lastMessageAt ? 1 : -1;

/**
 * The new first page, and below it what was loaded before and lies deeper. `single` are rows that were read one by
 * one; what is in `gone` without being among them has left the list.
 */
export function mergeRows(
  before: Pages<ConversationRow>,
  first: Page<ConversationRow>,
  gone: Set<number>,
  single: ConversationRow[],
  ranked: boolean,
): Pages<ConversationRow> {
  const top: Pages<ConversationRow> = { pages: [first], pageParams: [null] };
  const last = first.items[first.items.length - 1];
  const known = before.pages.flatMap((page) => page.items);
  const onTop = new Set(first.items.map((row) => row.id));
  if (first.next === null || !last || before.pages.length < 2 || !known.some((row) => onTop.has(row.id))) return top;
  const deeper = known.filter((row) => !onTop.has(row.id) && (ranked || newestFirst(last, row) < 0));
  const end = known[known.length - 1];
  const next = before.pages[before.pages.length - 1]?.next ?? null;
  const rest = deeper.filter((row) => !gone.has(row.id));
  for (const row of single) {
    const match = deeper.find((each) => each.id === row.id)?.match ?? null;
    // Below the last loaded one it is not known what lies between; it comes with its page.
    if (match || !end || next === null || newestFirst(row, end) <= 0) rest.push({ ...row, match });
  }
  if (!ranked) rest.sort(newestFirst);
  return { pages: [first, { items: rest, next }], pageParams: [null, first.next] };
}

/** The newest messages, laid over those that are loaded. */
async function freshenThread(id: number, signal: AbortSignal): Promise<void> {
  const key = keys.messages(id);
  const state = queryClient.getQueryState(key);
  if (!state) return;
  if (!queryClient.getQueryCache().find({ queryKey: key })?.isActive()) {
    setAside(key);
    return;
  }
  try {
    const first = await messagesPage(id, null, signal);
    await settled(key);
    if (signal.aborted) return;
    queryClient.setQueryData<Pages<Message>>(key, (before) => (before ? mergeMessages(before, first) : before));
    if (!state.data) void queryClient.invalidateQueries({ queryKey: key, exact: true });
  } catch {
    if (!signal.aborted) void queryClient.invalidateQueries({ queryKey: key, exact: true });
  }
}

export function mergeMessages(before: Pages<Message>, first: Page<Message>): Pages<Message> {
  const oldest = first.items[first.items.length - 1];
  const known = before.pages.flatMap((page) => page.items);
  const fresh = new Set(first.items.map((message) => message.id));
  if (first.next === null || !oldest || before.pages.length < 2 || !known.some((message) => fresh.has(message.id))) {
    return { pages: [first], pageParams: [null] };
  }
  const older = known.filter((message) => message.id > 0 && message.id < oldest.id);
  return {
    pages: [first, { items: older, next: before.pages[before.pages.length - 1]?.next ?? null }],
    pageParams: [null, first.next],
  };
}
