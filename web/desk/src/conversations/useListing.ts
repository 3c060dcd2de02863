import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ConversationRow } from '../api/types';
import type { ListFilter } from '../platform/queries';
import { listQuery } from './queries';

/** What the address bar asks for. */
export function useFilter(): ListFilter {
  const view = useParams({ from: '/desk/inbox/$view', select: (params) => params.view });
  const { q, brand } = useSearch({ from: '/desk/inbox/$view' });
  return useMemo(() => ({ view, q, brand }), [view, q, brand]);
}

export function useOpenId(): number | null {
  const id = useParams({ strict: false, select: (params) => Number(params.conversationId) });
  return Number.isInteger(id) && id > 0 ? id : null;
}

export function useListing() {
  const filter = useFilter();
  const query = useInfiniteQuery(listQuery(filter));
  const rows = useMemo(() => {
    const seen = new Map<number, ConversationRow>();
    // A row that moved up while further pages were read may come twice.
    for (const page of query.data?.pages ?? []) for (const row of page.items) if (!seen.has(row.id)) seen.set(row.id, row);
    return [...seen.values()];
  }, [query.data]);
  return { filter, query, rows };
}

// Where the open conversation stood when it was last in the list: once it has left, "next" is what took its place.
let last = { id: -1, index: 0 };

export function useWalk() {
  const { rows, filter } = useListing();
  const openId = useOpenId();
  const navigate = useNavigate();
  const index = rows.findIndex((row) => row.id === openId);
  if (index >= 0 && openId !== null) last = { id: openId, index };
  const inList = last.id === openId;

  const open = (row: ConversationRow | undefined) => {
    if (!row) return;
    void navigate({
      to: '/inbox/$view/$conversationId',
      params: { view: filter.view, conversationId: String(row.id) },
      search: { q: filter.q, brand: filter.brand },
    });
  };
  const toList = () => void navigate({ to: '/inbox/$view', params: { view: filter.view }, search: { q: filter.q, brand: filter.brand } });
  const here = inList ? last.index : -1;
  const nextRow = inList && index < 0 ? rows[here] : rows[here + 1];
  const previousRow = rows[here - 1];
  return { inList, nextRow, previousRow, open, toList, next: () => open(nextRow), previous: () => open(previousRow) };
}
