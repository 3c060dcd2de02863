import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Brand, Mailbox, Page } from '../api/types';
import { get } from '../platform/http';
import { keys } from '../platform/queries';

export const brandsQuery = queryOptions({
  queryKey: keys.brands,
  queryFn: ({ signal }) => get<Page<Brand>>('/brands', { limit: 200 }, signal),
  staleTime: 10 * 60_000,
});

export const mailboxesQuery = queryOptions({
  queryKey: keys.mailboxes,
  queryFn: ({ signal }) => get<Page<Mailbox>>('/mailboxes', undefined, signal),
  staleTime: 10 * 60_000,
});

export function useMailboxesOf(brandId: number): Mailbox[] {
  const all = useQuery(mailboxesQuery).data?.items ?? [];
  return all.filter((each) => each.brandId === brandId);
}
