import { useSyncExternalStore } from 'react';

/** What of the open conversation is unfolded: all of it, or single messages. It outlives cards that leave the screen. */
let everything = false;
let single = new Set<number>();
const listeners = new Set<() => void>();

function tell(): void {
  listeners.forEach((each) => each());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function isUnfolded(id: number): boolean {
  return everything !== single.has(id);
}

export function unfold(id: number, open: boolean): void {
  if (isUnfolded(id) === open) return;
  if (single.has(id)) single.delete(id);
  else single.add(id);
  tell();
}

export function unfoldEverything(open: boolean): void {
  everything = open;
  single = new Set();
  tell();
}

export function isEverythingUnfolded(): boolean {
  return everything;
}

/** Whether one message, or one fold of events, stands open. */
export function useUnfolded(id: number): [boolean, (open: boolean) => void] {
  const open = useSyncExternalStore(subscribe, () => isUnfolded(id));
  return [open, (next) => unfold(id, next)];
}
