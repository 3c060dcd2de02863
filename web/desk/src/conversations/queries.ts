import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import type { Conversation, ConversationEvent, ConversationRow, Counters, LibraryFile, Message, Page, Tag } from '../api/types';
import { get } from '../platform/http';
import { keys, type ListFilter, queryClient } from '../platform/queries';

const firstPage = null as string | null;

function parametersOf({ view, q, brand }: ListFilter) {
  return { view: view === 'search' ? 'all' : view, q, brand };
}

export function rowsPage(filter: ListFilter, cursor: string | null, signal: AbortSignal): Promise<Page<ConversationRow>> {
  return get('/conversations', { ...parametersOf(filter), limit: 50, cursor }, signal);
}

export const listQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: keys.list(filter),
    queryFn: ({ pageParam, signal }) => rowsPage(filter, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next,
    enabled: filter.view !== 'search' || Boolean(filter.q),
  });

export const countersQuery = queryOptions({
  queryKey: keys.counters,
  queryFn: ({ signal }) => get<Counters>('/conversations/counters', undefined, signal),
});

export const conversationQuery = (id: number) =>
  queryOptions({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => get<Conversation>(`/conversations/${id}`, undefined, signal),
  });

/** Newest first: the end of a long conversation is what its reader needs. */
export function messagesPage(id: number, cursor: string | null, signal: AbortSignal): Promise<Page<Message>> {
  return get(`/conversations/${id}/messages`, { order: 'desc', limit: 30, cursor }, signal);
}

export const messagesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: keys.messages(id),
    queryFn: ({ pageParam, signal }) => messagesPage(id, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next,
  });

export const libraryQuery = (brandId: number) =>
  queryOptions({
    queryKey: keys.library(brandId),
    queryFn: ({ signal }) => get<Page<LibraryFile>>('/library-files', { brand: brandId }, signal),
  });

/** Oldest first, so the newest are on the last page; few conversations have a second one. */
async function allEvents(id: number, signal: AbortSignal): Promise<ConversationEvent[]> {
  const events: ConversationEvent[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<ConversationEvent> = await get(`/conversations/${id}/events`, { limit: 200, cursor }, signal);
    events.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return events;
}

export const eventsQuery = (id: number) =>
  queryOptions({
    queryKey: keys.events(id),
    queryFn: ({ signal }) => allEvents(id, signal),
  });

export const tagsQuery = queryOptions({
  queryKey: keys.tags,
  queryFn: ({ signal }) => get<Page<Tag>>('/tags', { limit: 200 }, signal),
  staleTime: 10 * 60_000,
});

export function useTags(): Tag[] {
  return useQuery(tagsQuery).data?.items ?? [];
}

/** Fetched before it is asked for, so that opening it is instant. */
export function prefetchConversation(id: number): void {
  void queryClient.prefetchQuery(conversationQuery(id));
  void queryClient.prefetchInfiniteQuery(messagesQuery(id));
  void queryClient.prefetchQuery(eventsQuery(id));
}

/** The list already knows most of it: the head of the page stands before the answer comes. */
export function knownFromList(id: number): Conversation | undefined {
  const row = cachedRow(id);
  return row && { ...row, linked: [], reachable: [], answersTo: null, answering: { to: [], cc: [], toAll: false, insteadOf: null }, drafts: [], language: null, brand: { id: row.brandId, name: '', color: '#888888' }, readers: [] };
}

function cachedRow(id: number): ConversationRow | undefined {
  for (const [, data] of queryClient.getQueriesData<{ pages: Page<ConversationRow>[] }>({ queryKey: keys.lists })) {
    for (const page of data?.pages ?? []) {
      const row = page.items.find((each) => each.id === id);
      if (row) return row;
    }
  }
  return undefined;
}
