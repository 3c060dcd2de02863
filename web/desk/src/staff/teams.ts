import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Page, Team } from '../api/types';
import { get } from '../platform/http';
import { keys } from '../platform/queries';

export const teamsQuery = queryOptions({
  queryKey: keys.teams,
  queryFn: ({ signal }) => get<Page<Team>>('/teams', { limit: 200 }, signal),
  staleTime: 10 * 60_000,
});

export function useTeams(): Team[] {
  return useQuery(teamsQuery).data?.items ?? [];
}
