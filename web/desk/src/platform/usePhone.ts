import { useSyncExternalStore } from 'react';

/** Asked once and for all: a list of rows asks in each of them. */
function media(query: string) {
  const list = matchMedia(query);
  const subscribe = (listener: () => void) => {
    list.addEventListener('change', listener);
    return () => list.removeEventListener('change', listener);
  };
  return { subscribe, matches: () => list.matches };
}

const PHONE = media('(max-width: 799px)');
const NARROW = media('(max-width: 1179px)');

/** Panes become pages. */
export const usePhone = () => useSyncExternalStore(PHONE.subscribe, PHONE.matches);

/** Too narrow for the customer panel to stand beside the conversation by itself. */
export const useNarrow = () => useSyncExternalStore(NARROW.subscribe, NARROW.matches);
