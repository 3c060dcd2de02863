import { queryOptions } from '@tanstack/react-query';
import type { Page, SearchMeaning, SearchSuggestion } from '../../api/types';
import { del, get, put } from '../../platform/http';
import { keys, queryClient } from '../../platform/queries';
import { zone } from './query';

export type Suggestion = SearchSuggestion;

export const suggestionsQuery = (typed: string) =>
  queryOptions({
    queryKey: [...keys.suggestions, typed] as const,
    queryFn: async ({ signal }) => (await get<Page<Suggestion>>('/search/suggestions', { q: typed }, signal)).items,
    staleTime: 30_000,
    gcTime: 60_000,
  });

export const meaningQuery = (q: string) =>
  queryOptions({
    queryKey: ['search-meaning', q] as const,
    queryFn: ({ signal }) => get<SearchMeaning>('/search/query', { q, zone }, signal),
    staleTime: 30_000,
  });

async function renewed(change: Promise<void>): Promise<void> {
  // What was searched for is a help, not a duty: when it cannot be kept, nothing is said.
  await change.catch(() => undefined);
  await queryClient.invalidateQueries({ queryKey: keys.suggestions });
}

let last = '';

export function rememberSearch(q: string): void {
  const words = q.trim();
  if (words === '' || words === last || words.length > 500) return;
  last = words;
  void renewed(put('/search/recent', { q: words }));
}

export function forgetSearch(q: string): void {
  last = '';
  queryClient.setQueriesData<Suggestion[]>({ queryKey: keys.suggestions }, (old) =>
    old?.filter((each) => each.kind !== 'recent' || each.text !== q),
  );
  void renewed(del(`/search/recent?q=${encodeURIComponent(q)}`));
}
