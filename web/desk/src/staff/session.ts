import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Agent, Page, Permission, Session } from '../api/types';
import { del, get, Refusal } from '../platform/http';
import { keys, queryClient } from '../platform/queries';
import { forgetSavedDrafts } from '../conversations/composer/drafts';

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => get<Session>('/session', undefined, signal),
  staleTime: Number.POSITIVE_INFINITY,
  // Nothing can be shown before it: without a line that is soon to be said, and not waited for behind an empty page.
  retry: (failures, error) => failures < 3 && (!(error instanceof Refusal) || error.status >= 500),
});

/** Only below the desk's route, which fetches the session before it shows anything. */
export function useSession(): Session & { may: (permission: Permission) => boolean } {
  const { data } = useSuspenseQuery(sessionQuery);
  return { ...data, may: (permission) => data.permissions.includes(permission) };
}

export const agentsQuery = queryOptions({
  queryKey: keys.agents,
  queryFn: ({ signal }) => get<Page<Agent>>('/agents', { limit: 200 }, signal),
  staleTime: 10 * 60_000,
});

export function useAgents(): Agent[] {
  return useQuery(agentsQuery).data?.items ?? [];
}

export async function signOut(): Promise<void> {
  const session = queryClient.getQueryData<Session>(keys.session);
  // Whoever signs in next in this browser must not hear what this agent is told.
  await import('../conversations/notifications/push').then(({ unsubscribe }) => unsubscribe()).catch(() => undefined);
  await del('/session');
  if (session) forgetSavedDrafts(session.agent.id);
  // A whole new page: nothing of this agent stays in memory for the next one.
  location.assign('/sign-in');
}
