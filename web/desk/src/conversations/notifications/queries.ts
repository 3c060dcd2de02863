import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import type { Page } from '../../api/types';
import { del, get, post, put } from '../../platform/http';
import { keys, queryClient } from '../../platform/queries';

type Schemas = components['schemas'];
type Answer<T> = T extends readonly (infer E)[] ? Answer<E>[] : T extends object ? { [K in keyof T]-?: Answer<T[K]> } : T;

export type NotificationLine = Answer<Schemas['NotificationLine']>;
export type NotificationKind = NotificationLine['kind'];
export type NotificationCounters = Answer<Schemas['NotificationCounters']>;
export type NotificationSettings = Answer<Schemas['NotificationSettings']>;
export type NotificationChoice = NotificationSettings['choices'][number];
export type PushDevice = Answer<Schemas['PushDevice']>;
export type PushTrial = Answer<Schemas['PushTrial']>;
export type MailTrial = Answer<Schemas['Trial']>;
export type Follower = Answer<Schemas['Follower']>;

export const countersQuery = queryOptions({
  queryKey: keys.notificationCounters,
  queryFn: ({ signal }) => get<NotificationCounters>('/me/notifications/counters', undefined, signal),
});

export const linesQuery = infiniteQueryOptions({
  queryKey: keys.notificationLines,
  queryFn: ({ pageParam, signal }) => get<Page<NotificationLine>>('/me/notifications', { cursor: pageParam, limit: 50 }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
});

export const settingsQuery = queryOptions({
  queryKey: keys.notificationSettings,
  queryFn: ({ signal }) => get<NotificationSettings>('/me/notification-settings', undefined, signal),
});

export const devicesQuery = queryOptions({
  queryKey: keys.pushDevices,
  queryFn: ({ signal }) => get<Page<PushDevice>>('/me/push-devices', undefined, signal),
});

export const followersQuery = (conversationId: number) =>
  queryOptions({
    queryKey: keys.followers(conversationId),
    queryFn: ({ signal }) => get<Page<Follower>>(`/conversations/${conversationId}/followers`, undefined, signal),
  });

/** Shows it at once; what the server makes of it is read behind. */
async function mark(which: (line: NotificationLine) => boolean, seenAt: string | null, work: () => Promise<NotificationCounters>): Promise<void> {
  await queryClient.cancelQueries({ queryKey: keys.notificationLines });
  queryClient.setQueryData<InfiniteData<Page<NotificationLine>>>(
    keys.notificationLines,
    (old) =>
      old && { ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.map((line) => (which(line) ? { ...line, seenAt } : line)) })) },
  );
  try {
    queryClient.setQueryData(keys.notificationCounters, await work());
  } finally {
    void queryClient.invalidateQueries({ queryKey: keys.notificationLines });
  }
}

/** Without a conversation: all, up to the newest that is shown. */
export function see(conversationId: number | null, upTo: number | null = null): Promise<void> {
  return mark(
    (line) => line.seenAt === null && (conversationId === null || line.conversationId === conversationId) && (upTo === null || line.id <= upTo),
    new Date().toISOString(),
    () => post<NotificationCounters>('/me/notifications/seen', { conversationId, upTo }),
  );
}

export function unsee(id: number): Promise<void> {
  return mark(
    (line) => line.id === id,
    null,
    () => put<NotificationCounters>(`/me/notifications/${id}/unseen`, {}),
  );
}

export async function follow(conversationId: number, me: Follower, following: boolean): Promise<void> {
  const key = keys.followers(conversationId);
  await queryClient.cancelQueries({ queryKey: key });
  const before = queryClient.getQueryData<Page<Follower>>(key);
  const others = before?.items.filter((each) => each.id !== me.id) ?? [];
  queryClient.setQueryData<Page<Follower>>(key, { items: following ? [...others, me] : others, next: null });
  const path = `/conversations/${conversationId}/followers/me`;
  try {
    if (following) await put(path, {});
    else await del(path);
  } catch (error) {
    queryClient.setQueryData(key, before);
    throw error;
  } finally {
    void queryClient.invalidateQueries({ queryKey: key });
    void queryClient.invalidateQueries({ queryKey: keys.list({ view: 'following' }) });
  }
}
