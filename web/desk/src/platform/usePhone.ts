import { useSyncExternalStore } from 'react';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}

/** Panes become pages. */
export const usePhone = () => useMedia('(max-width: 719px)');

/** Too narrow for the customer panel to stand beside the conversation by itself. */
export const useNarrow = () => useMedia('(max-width: 1179px)');
