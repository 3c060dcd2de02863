import type { Agent, Session } from '../api/types';
import { patch, reasonOf } from '../platform/http';
import { type Language, speak, t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { toastProblem } from '../platform/toasts';

function show(deskLanguage: string | null): void {
  queryClient.setQueryData<Session>(keys.session, (old) => old && { ...old, agent: { ...old.agent, deskLanguage } });
  void speak(deskLanguage);
}

/** One after the other, so that the last choice is the one that is kept. */
let kept: Promise<unknown> = Promise.resolve();

/** Spoken at once and kept with the agent, so that it follows them; null: as the browser. */
export function chooseLanguage(choice: Language | null): Promise<unknown> {
  const before = queryClient.getQueryData<Session>(keys.session)?.agent.deskLanguage ?? null;
  show(choice);
  kept = kept
    .then(() => patch<Agent>('/me', { deskLanguage: choice ?? '' }))
    .catch((error: unknown) => {
      show(before);
      toastProblem(t('The language could not be saved. {reason}', { reason: reasonOf(error) }));
    });
  return kept;
}
