import { queryOptions, useQuery } from '@tanstack/react-query';
import type { OwnSignature, Page } from '../../api/types';
import { get } from '../../platform/http';
import { keys } from '../../platform/queries';

export const ownSignaturesQuery = queryOptions({
  queryKey: keys.signatures,
  queryFn: ({ signal }) => get<Page<OwnSignature>>('/me/signatures', undefined, signal),
  staleTime: 10 * 60_000,
});

export function useOwnSignature(brandId: number): OwnSignature | null {
  return useQuery(ownSignaturesQuery).data?.items.find((each) => each.brandId === brandId) ?? null;
}
