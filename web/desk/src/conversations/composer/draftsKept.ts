import { queryOptions, useQuery } from '@tanstack/react-query';
import type { DraftRow, Page } from '../../api/types';
import { get } from '../../platform/http';
import { keys } from '../../platform/queries';

export const draftsQuery = queryOptions({
  queryKey: keys.drafts,
  queryFn: ({ signal }) => get<Page<DraftRow>>('/drafts', { limit: 200 }, signal),
});

/** Whether the server keeps a draft of the agent's for the conversation, begun on whatever device. */
export function useDraftKept(conversationId: number): boolean {
  return useQuery({ ...draftsQuery, select: (page) => page.items.some((each) => each.conversationId === conversationId) }).data ?? false;
}
