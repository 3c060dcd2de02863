import { useSyncExternalStore } from 'react';

/** A value that lives outside React, for what belongs to the whole page. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  use(): T;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const get = () => value;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    get,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((each) => each());
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}
