import type { InfiniteData } from '@tanstack/react-query';
import type { Message, Page } from '../api/types';
import { keys, queryClient } from '../platform/queries';
import { cachedRows } from './list/windows';
import { messagesPage } from './queries';

type Pages<T> = InfiniteData<Page<T>, string | null>;

const GATHER_MS = 150;

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
  for (const row of cachedRows((each) => each.customer.id === customerId)) touch(row.id, false);
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
    // Windows that nobody looks at are read when somebody does.
    queryClient.invalidateQueries({ queryKey: keys.lists }),
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

/** A further page that is just being read would be laid over what we are about to show. */
async function settled(key: readonly unknown[]): Promise<void> {
  const query = queryClient.getQueryCache().find({ queryKey: key });
  if (query?.state.fetchStatus === 'fetching') await query.promise?.catch(() => undefined);
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

const isBefore = (a: Message, b: Message) => {
  const apart = Date.parse(a.receivedAt) - Date.parse(b.receivedAt);
  return apart === 0 || Number.isNaN(apart) ? a.id < b.id : apart < 0;
};

export function mergeMessages(before: Pages<Message>, first: Page<Message>): Pages<Message> {
  const oldest = first.items[first.items.length - 1];
  const known = before.pages.flatMap((page) => page.items);
  const fresh = new Set(first.items.map((message) => message.id));
  if (first.next === null || !oldest || before.pages.length < 2 || !known.some((message) => fresh.has(message.id))) {
    return { pages: [first], pageParams: [null] };
  }
  const older = known.filter((message) => message.id > 0 && isBefore(message, oldest));
  return {
    pages: [first, { items: older, next: before.pages[before.pages.length - 1]?.next ?? null }],
    pageParams: [null, first.next],
  };
}
