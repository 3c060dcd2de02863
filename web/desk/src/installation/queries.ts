import { queryOptions } from '@tanstack/react-query';
import type { Installation } from '../api/types';
import { get } from '../platform/http';
import { keys } from '../platform/queries';

export const installationQuery = queryOptions({
  queryKey: keys.installation,
  queryFn: ({ signal }) => get<Installation>('/installation', undefined, signal),
});

export function stepsDone({ progress, mail }: Installation): { done: number; of: number } {
  const steps = [...Object.values(progress), mail.relay !== null];
  return { done: steps.filter(Boolean).length, of: steps.length };
}
