import { queryOptions } from '@tanstack/react-query';
import type { ConversationRow, Page } from '../../api/types';
import { get } from '../../platform/http';
import { keys, type ListFilter, queryClient } from '../../platform/queries';
import { zone } from '../search/query';

/** So many rows are read at once; whole windows come and go as a list is scrolled. */
export const WINDOW = 50;

/** The shape of a search's pages too, so that whoever looks through lists need not tell them apart. */
export interface Window {
  pages: Page<ConversationRow>[];
  pageParams: (string | null)[];
}

export function parametersOf({ view, q, brand, filter, sort }: ListFilter) {
  return {
    view: filter ? undefined : view === 'search' ? 'all' : view,
    q,
    zone: q && zone,
    brand,
    conditions: filter && JSON.stringify(filter),
    sort,
  };
}

export const windowQuery = (filter: ListFilter, index: number) =>
  queryOptions({
    queryKey: [...keys.list(filter), index] as const,
    queryFn: async ({ signal }): Promise<Window> => ({
      pages: [
        await get<Page<ConversationRow>>(
          '/conversations',
          { ...parametersOf(filter), limit: WINDOW, offset: index === 0 ? undefined : index * WINDOW },
          signal,
        ),
      ],
      pageParams: [null],
    }),
    // The top of a list is come back to; what was scrolled past is not kept.
    gcTime: index < 2 ? undefined : 30_000,
  });

export const totalQuery = (filter: ListFilter) =>
  queryOptions({
    queryKey: [...keys.list(filter), 'total'] as const,
    queryFn: async ({ signal }) => {
      const { view, brand, conditions } = parametersOf(filter);
      return (await get<{ total: number }>('/conversations/total', { view, brand, conditions }, signal)).total;
    },
  });

/** The windows of a list that are known, by their place. */
function knownWindows(filter: ListFilter): Map<number, Window> {
  const known = new Map<number, Window>();
  for (const [key, data] of queryClient.getQueriesData<Window>({ queryKey: keys.list(filter) }))
    if (typeof key[2] === 'number' && data) known.set(key[2], data);
  return known;
}

/** Changes what is shown of a row, or takes it out: those below move up, window by window. */
export function patchWindows(filter: ListFilter, id: number, change: (row: ConversationRow) => ConversationRow | null): void {
  const known = knownWindows(filter);
  for (const [index, window] of known) {
    const items = window.pages[0]?.items ?? [];
    const row = items.find((each) => each.id === id);
    if (!row) continue;
    const changed = change(row);
    if (changed) {
      write(filter, index, window, items.map((each) => (each.id === id ? changed : each)));
      return;
    }
    let rest = items.filter((each) => each.id !== id);
    let here = window;
    for (let at = index; ; at++) {
      const below = known.get(at + 1);
      const next = below?.pages[0]?.items[0];
      write(filter, at, here, next ? [...rest, next] : rest);
      if (!below || !next) break;
      rest = below.pages[0]?.items.slice(1) ?? [];
      here = below;
    }
    queryClient.setQueryData<number>(totalQuery(filter).queryKey, (total) => (total === undefined ? total : Math.max(0, total - 1)));
    return;
  }
}

function write(filter: ListFilter, index: number, window: Window, items: ConversationRow[]): void {
  const next = window.pages[0]?.next ?? null;
  queryClient.setQueryData<Window>(windowQuery(filter, index).queryKey, { pages: [{ items, next }], pageParams: [null] });
}

/** Every list that is known, whole or in windows. */
function knownLists(): { filter: ListFilter; part: unknown; data: Window }[] {
  return queryClient
    .getQueriesData<Window | number>({ queryKey: keys.lists })
    .flatMap(([key, data]) => (typeof data === 'object' && 'pages' in data ? [{ filter: key[1] as ListFilter, part: key[2], data }] : []));
}

export function cachedRow(id: number): ConversationRow | undefined {
  return cachedRows((row) => row.id === id)[0];
}

/** As a search has found it. */
export function foundRow(id: number, q: string): ConversationRow | undefined {
  return knownLists()
    .filter(({ filter }) => filter.q === q)
    .flatMap(({ data }) => data.pages.flatMap((page) => page.items))
    .find((row) => row.id === id);
}

export function cachedRows(wanted: (row: ConversationRow) => boolean): ConversationRow[] {
  return knownLists().flatMap(({ data }) => data.pages.flatMap((page) => page.items.filter(wanted)));
}

/** Changes a row wherever it is shown; null takes it out of that list. */
export function patchLists(id: number, change: (row: ConversationRow, filter: ListFilter) => ConversationRow | null): void {
  for (const { filter, part, data } of knownLists()) {
    if (!data.pages.some((page) => page.items.some((row) => row.id === id))) continue;
    if (typeof part === 'number') patchWindows(filter, id, (row) => change(row, filter));
    else {
      const pages = data.pages.map((page) => ({
        ...page,
        items: page.items.flatMap((row) => (row.id === id ? (change(row, filter) ?? []) : [row])),
      }));
      queryClient.setQueryData([...keys.list(filter), part], { ...data, pages });
    }
  }
}
