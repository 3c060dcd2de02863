import { useCallback, useSyncExternalStore } from 'react';

export const PREFIX = 'shopbell.';
const listeners = new Map<string, Set<() => void>>();

/** localStorage may be full or switched off; the desk must work all the same. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Nothing to do: the value lives on for this page only.
  }
  listeners.get(key)?.forEach((each) => each());
}

export function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + prefix))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

/** A preference of this browser, shared by every place that shows it. */
export function useStored(key: string, fallback: string): [string, (value: string) => void] {
  const subscribe = useCallback(
    (listener: () => void) => {
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(listener));
      return () => all.delete(listener);
    },
    [key],
  );
  const value = useSyncExternalStore(subscribe, () => readStored(key)) ?? fallback;
  return [value, useCallback((next: string) => writeStored(key, next), [key])];
}
