import { useMemo } from 'react';
import { type InfiniteData, infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import type { Conversation, ConversationEvent, ConversationRow, Counters, LibraryFile, Message, Page, TagEntry } from '../api/types';
import { get } from '../platform/http';
import { keys, type ListFilter, queryClient } from '../platform/queries';
import { cachedRow, parametersOf } from './list/windows';

const firstPage = null as string | null;

/** Whoever searches reads on from page to page; every other list is read in windows. */
export const searchQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.list(filter), 'search'] as const,
    queryFn: ({ pageParam, signal }) =>
      get<Page<ConversationRow>>('/conversations', { ...parametersOf(filter), limit: 50, cursor: pageParam }, signal),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next,
  });

/** Some views gain and lose by the clock alone. */
const COUNT_AGAIN_MS = 60_000;

export const countersQuery = queryOptions({
  queryKey: keys.counters,
  queryFn: ({ signal }) => get<Counters>('/conversations/counters', undefined, signal),
  refetchInterval: COUNT_AGAIN_MS,
});

export const conversationQuery = (id: number) =>
  queryOptions({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => get<Conversation>(`/conversations/${id}`, undefined, signal),
  });

/** Newest first: the end of a long conversation is what its reader needs. */
export function messagesPage(id: number, cursor: string | null, signal?: AbortSignal): Promise<Page<Message>> {
  // The first page fills a screen; whoever wants more than that wants much more.
  return get(`/conversations/${id}/messages`, { order: 'desc', limit: cursor === null ? 30 : 150, cursor }, signal);
}

/** Loads a conversation to its beginning, or until a message is there. */
export async function loadAllMessages(id: number, until?: number): Promise<void> {
  const key = keys.messages(id);
  for (;;) {
    const cursor = lastPage(id)?.next ?? null;
    if (cursor === null) return;
    if (until !== undefined && (lastPage(id)?.items.at(-1)?.id ?? 0) <= until) return;
    const page = await messagesPage(id, cursor);
    queryClient.setQueryData<InfiniteData<Page<Message>, string | null>>(key, (now) =>
      now && lastPage(id)?.next === cursor ? { pages: [...now.pages, page], pageParams: [...now.pageParams, cursor] } : now,
    );
  }
}

/** So many conversations that nobody looks at are kept at hand; a day has hundreds. */
const MOST_KEPT = 40;

/** Lets go what was looked at, or fetched ahead, longest ago. */
export function letGo(): void {
  for (const kind of [keys.everyMessage, ['events'], ['conversation'], keys.customers]) {
    queryClient
      .getQueryCache()
      .findAll({ queryKey: kind, type: 'inactive' })
      .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
      .slice(MOST_KEPT)
      .forEach((query) => queryClient.getQueryCache().remove(query));
  }
}

function lastPage(id: number): Page<Message> | undefined {
  return queryClient.getQueryData<InfiniteData<Page<Message>>>(keys.messages(id))?.pages.at(-1);
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
  queryFn: ({ signal }) => get<Page<TagEntry>>('/tags', undefined, signal),
  staleTime: 10 * 60_000,
});

/** All of them, also those that are archived. */
export function useTags(): TagEntry[] {
  return useQuery(tagsQuery).data?.items ?? NONE;
}

/** Those that can be put on a conversation. */
export function useOfferedTags(): TagEntry[] {
  const all = useTags();
  return useMemo(() => all.filter((tag) => !tag.archived), [all]);
}

const NONE: TagEntry[] = [];

/** Fetched before it is asked for, so that opening it is instant. Done once its newest messages are here. */
export function prefetchConversation(id: number): Promise<void> {
  void queryClient.prefetchQuery(conversationQuery(id));
  void queryClient.prefetchQuery(eventsQuery(id));
  return queryClient.prefetchInfiniteQuery(messagesQuery(id));
}

/** The newest messages of a conversation, newest first, as far as they are here. */
export function newestMessages(id: number, most: number): Message[] {
  return queryClient.getQueryData<InfiniteData<Page<Message>>>(keys.messages(id))?.pages[0]?.items.slice(0, most) ?? [];
}

/** The list already knows most of it: the head of the page stands before the answer comes. */
export function knownFromList(id: number): Conversation | undefined {
  const row = cachedRow(id);
  return row && { ...row, linked: [], reachable: [], answersTo: null, answering: { to: [], cc: [], toAll: false, insteadOf: null }, drafts: [], fields: {}, language: null, brand: { id: row.brandId, name: '', color: '#888888', logoUrl: null }, readers: [] };
}
