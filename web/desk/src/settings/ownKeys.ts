import { queryOptions } from '@tanstack/react-query';
import type { KeyMap } from '../api/types';
import { get, put, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { type Action, ACTIONS, type OwnKeys, ownKeys } from '../platform/keymap';
import { keys, queryClient } from '../platform/queries';
import { toastProblem } from '../platform/toasts';

const isAction = (name: string): name is Action => (ACTIONS as string[]).includes(name);

/** Kept by the server, so that they follow the agent; what a later desk knows and this one does not is left out. */
export const ownKeysQuery = queryOptions({
  queryKey: keys.ownKeys,
  queryFn: async ({ signal }) => {
    const { keys: all } = await get<KeyMap>('/me/keys', undefined, signal);
    return Object.fromEntries(all.filter((each) => isAction(each.action)).map((each) => [each.action, each.chord])) as OwnKeys;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** One after the other, so that the last choice is the one that is kept. */
let kept: Promise<unknown> = Promise.resolve();

function show(own: OwnKeys): void {
  ownKeys.set(own);
  queryClient.setQueryData(keys.ownKeys, own);
}

/** Works at once; a refusal brings back what was. */
export function chooseKeys(own: OwnKeys): void {
  const before = ownKeys.get();
  show(own);
  const all = Object.entries(own).map(([action, chord]) => ({ action, chord }));
  kept = kept
    .then(() => put('/me/keys', { keys: all }))
    .catch((error: unknown) => {
      show(before);
      toastProblem(t('Your keys could not be saved. {reason}', { reason: reasonOf(error) }));
    });
}
