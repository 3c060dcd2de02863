import { queryOptions } from '@tanstack/react-query';
import type { OpenSession, Page } from '../../api/types';
import { get } from '../../platform/http';
import { keys } from '../../platform/queries';

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: ({ signal }) => get<Page<OpenSession>>('/me/sessions', undefined, signal),
  staleTime: 0,
});
