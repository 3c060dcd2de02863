import type { Status } from '../../api/types';
import { Refusal } from '../../platform/http';
import { createStore } from '../../platform/store';

interface Crossing {
  /** The newest message that the author had seen. */
  since: number;
  /** How it was to be sent. */
  status: Status | null;
  snoozedUntil?: string | null;
  sendAt?: string;
}

/** Drafts whose answer was refused because somebody wrote meanwhile. */
export const crossed = createStore<Record<string, Crossing>>({});

/** Whether an answer was refused because of what its author had not seen. */
export function isCrossing(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status === 409 && 'seen' in error.fields;
}

export function forgetCrossed(key: string): void {
  if (!(key in crossed.get())) return;
  const { [key]: _gone, ...rest } = crossed.get();
  crossed.set(rest);
}
