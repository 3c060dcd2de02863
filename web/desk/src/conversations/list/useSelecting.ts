import { useCallback, useEffect, useRef } from 'react';
import type { Listing } from '../useListing';
import { select, toggle, useSelection } from './selection';

/** Chooses rows with the mouse: one, or with Shift all from the last one chosen. */
export function useSelecting(listing: Listing): (id: number, range: boolean) => void {
  const selection = useSelection(listing.key);
  const latest = useRef({ listing, selection });
  useEffect(() => {
    latest.current = { listing, selection };
  });
  return useCallback((id: number, range: boolean) => {
    const { listing: now, selection: chosen } = latest.current;
    const from = now.indexOf(chosen.from);
    const to = now.indexOf(id);
    if (!range || from < 0 || to < 0) {
      toggle(now.key, id);
      return;
    }
    const ids: number[] = [];
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
      const row = now.rowAt(index);
      if (row) ids.push(row.id);
    }
    select(now.key, ids, id);
  }, []);
}
