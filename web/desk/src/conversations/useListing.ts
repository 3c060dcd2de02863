import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ConversationRow } from '../api/types';
import type { ListFilter } from '../platform/queries';
import { createStore } from '../platform/store';
import { totalQuery, WINDOW, windowQuery } from './list/windows';
import { prefetchConversation, searchQuery } from './queries';

/** What the address bar asks for. */
export function useFilter(): ListFilter {
  const view = useParams({ from: '/desk/inbox/$view', select: (params) => params.view });
  const { q, brand, filter, sort } = useSearch({ from: '/desk/inbox/$view' });
  return useMemo(() => ({ view, q, brand, filter, sort }), [view, q, brand, filter, sort]);
}

/** The same, as the address bar carries it beside the view. */
export function searchOf({ q, brand, filter, sort }: ListFilter): Omit<ListFilter, 'view'> {
  return { q, brand, filter, sort };
}

export function listKey(filter: ListFilter): string {
  return JSON.stringify([filter.view, filter.q, filter.brand, filter.filter, filter.sort]);
}

export function useOpenId(): number | null {
  const id = useParams({ strict: false, select: (params) => Number(params.conversationId) });
  return Number.isInteger(id) && id > 0 ? id : null;
}

interface Sight {
  key: string;
  /** The first window and the last. */
  from: number;
  to: number;
}

/** Which windows of the list of that key are in sight. */
export const inSight = createStore<Sight>({ key: '', from: 0, to: 0 });

export function lookAt(next: Sight): void {
  const { key, from, to } = inSight.get();
  if (key !== next.key || from !== next.from || to !== next.to) inSight.set(next);
}

// Where the open conversation stood when it was last in its list: once it has left, "next" is what took its place.
let last = { key: '', id: -1, index: 0 };

export function windowOf(row: number): number {
  return Math.floor(Math.max(0, row) / WINDOW);
}

/** The top always, what is in sight, and what stands around the open conversation. */
function wantedWindows(key: string, sight: Sight): number[] {
  const wanted = new Set([0]);
  const add = (from: number, to: number) => {
    for (let index = from; index <= to; index++) wanted.add(index);
  };
  if (sight.key === key) add(sight.from, sight.to);
  if (last.key === key) add(windowOf(last.index - 1), windowOf(last.index + 1));
  return [...wanted].sort((a, b) => a - b);
}

/** The array it was, as long as it holds the same. */
function useSame<T>(next: T[]): T[] {
  const [same, setSame] = useState(next);
  if (same.length === next.length && next.every((each, index) => Object.is(each, same[index]))) return same;
  setSame(next);
  return next;
}

export interface Listing {
  filter: ListFilter;
  key: string;
  /** How many rows there are, as far as is known. */
  count: number;
  /** Whether that is all there are. */
  whole: boolean;
  /** Undefined where it has not been read. */
  rowAt: (index: number) => ConversationRow | undefined;
  /** -1 where it is not among what has been read. */
  indexOf: (id: number | null) => number;
  pending: boolean;
  error: Error | null;
  /** Something further down that was asked for could not be read. */
  broken: boolean;
  /** Asks again for what could not be read. */
  again: () => void;
  /** A search cannot jump: it is read on from its end. */
  more: (() => void) | null;
}

export function useListing(): Listing {
  const filter = useFilter();
  const key = listKey(filter);
  const searching = filter.view === 'search' || Boolean(filter.q);
  const sight = inSight.use();
  const search = useInfiniteQuery({ ...searchQuery(filter), enabled: Boolean(filter.q) });
  const places = searching ? [] : wantedWindows(key, sight);
  const windows = useQueries({ queries: places.map((place) => windowQuery(filter, place)) });
  const top = windows[0];
  const first = top?.data?.pages[0];
  const total = useQuery({ ...totalQuery(filter), enabled: !searching && Boolean(first?.next) });

  const pages = useSame(windows.map((window) => window.data?.pages[0]));
  const at = useSame(places);
  const read = useMemo(() => {
    const rows = new Map<number, ConversationRow>();
    const index = new Map<number, number>();
    // A row that moved while others were read may come twice: it stands where it comes first.
    const put = (place: number, row: ConversationRow) => {
      if (index.has(row.id)) return;
      rows.set(place, row);
      index.set(row.id, place);
    };
    let count = 0;
    let end: number | null = null;
    if (searching) {
      for (const page of search.data?.pages ?? []) for (const row of page.items) if (!index.has(row.id)) put(rows.size, row);
      count = rows.size;
    } else {
      pages.forEach((page, nth) => {
        const start = (at[nth] ?? 0) * WINDOW;
        page?.items.forEach((row, offset) => put(start + offset, row));
        if (!page) return;
        if (page.next === null && end === null) end = start + page.items.length;
        else count = Math.max(count, start + page.items.length);
      });
      count = end ?? Math.max(count, total.data ?? 0);
    }
    return { rows, index, count };
  }, [searching, search.data, total.data, pages, at]);

  return {
    filter,
    key,
    count: read.count,
    whole: searching ? !search.hasNextPage : true,
    rowAt: (place) => read.rows.get(place),
    indexOf: (id) => (id === null ? -1 : (read.index.get(id) ?? -1)),
    pending: searching ? search.isPending && Boolean(filter.q) : (top?.isPending ?? true),
    error: searching ? search.error : (top?.error ?? null),
    broken: searching ? search.isFetchNextPageError : windows.some((window, nth) => nth > 0 && window.isError && !window.data),
    again: () => {
      if (searching) void (search.isFetchNextPageError ? search.fetchNextPage() : search.refetch());
      else for (const window of windows) if (window.isError) void window.refetch();
    },
    more: searching && search.hasNextPage && !search.isFetchingNextPage && !search.isFetchNextPageError ? () => void search.fetchNextPage() : null,
  };
}

export function useWalk() {
  const { rowAt, indexOf, filter, key } = useListing();
  const openId = useOpenId();
  const navigate = useNavigate();
  const index = indexOf(openId);
  if (index >= 0 && openId !== null) last = { key, id: openId, index };
  const inList = last.id === openId && last.key === key;

  const open = (row: ConversationRow | undefined) => {
    if (!row) return;
    // On its way to the server while the page draws what is known already.
    void prefetchConversation(row.id);
    void navigate({
      to: '/inbox/$view/$conversationId',
      params: { view: filter.view, conversationId: String(row.id) },
      search: searchOf(filter),
    });
  };
  const toList = () => void navigate({ to: '/inbox/$view', params: { view: filter.view }, search: searchOf(filter) });
  const here = inList ? last.index : -1;
  const nextRow = inList && index < 0 ? rowAt(here) : rowAt(here + 1);
  const previousRow = rowAt(here - 1);
  return { inList, nextRow, previousRow, open, toList, next: () => open(nextRow), previous: () => open(previousRow) };
}
