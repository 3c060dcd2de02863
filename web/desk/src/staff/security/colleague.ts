import type { Agent } from '../../api/types';
import { del, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { toast, toastProblem } from '../../platform/toasts';

/** Ends the sessions of a colleague, who may sign in again. */
export async function signOutEverywhere({ id, name }: Agent): Promise<void> {
  try {
    await del(`/agents/${id}/sessions`);
    toast(t('{name} is signed out everywhere', { name }));
  } catch (error) {
    toastProblem(t('{name} could not be signed out. {reason}', { name, reason: reasonOf(error) }));
  }
}

/** For a colleague whose account elsewhere is another one now: the next sign-in links it. */
export async function unlinkProviders({ id, name }: Agent): Promise<void> {
  try {
    await del(`/agents/${id}/identity-providers`);
    toast(t('{name} has no account elsewhere linked any more', { name }));
  } catch (error) {
    toastProblem(t('It could not be changed. {reason}', { reason: reasonOf(error) }));
  }
}

/** For a colleague who has lost it: they sign in by password alone, until they set up another. */
export async function resetSecondStep({ id, name }: Agent): Promise<void> {
  try {
    await del(`/agents/${id}/second-step`);
    toast(t('{name} signs in by password alone', { name }));
  } catch (error) {
    toastProblem(t('It could not be changed. {reason}', { reason: reasonOf(error) }));
  }
}
