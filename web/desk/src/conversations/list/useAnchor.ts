import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Listing } from '../useListing';

/**
 * Keeps the rows under the reader's eyes and pointer where they are while others come and go above them. Only a list that
 * stands at its top, with nobody pointing at it, shows what is new by moving. Returns how many came in unseen.
 */
export function useAnchor(scroller: RefObject<HTMLElement | null>, listing: Listing, height: number): number {
  const { key, count, rowAt, indexOf } = listing;
  const anchor = useRef({ key, ids: [] as number[], first: 0 });
  const pointed = useRef(false);
  // As its events told it: asked of the page itself, it would be laid out anew with each drawing.
  const top = useRef(0);
  const [above, setAbove] = useState(0);

  useEffect(() => setAbove(0), [key]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const enter = () => (pointed.current = true);
    const leave = () => (pointed.current = false);
    const scroll = () => {
      top.current = element.scrollTop;
      if (top.current < height) setAbove(0);
    };
    scroll();
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('scroll', scroll, { passive: true });
    return () => {
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('scroll', scroll);
    };
    // The list stands only once there are rows.
  }, [scroller, height, count === 0]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = anchor.current;
    const holds = before.key === key && (top.current > 0 || pointed.current);
    if (holds) {
      const known = before.ids.findIndex((id) => indexOf(id) >= 0);
      const id = before.ids[known];
      if (id !== undefined) {
        const moved = indexOf(id) - (before.first + known);
        if (moved !== 0) {
          element.scrollTop += moved * height;
          top.current += moved * height;
          setAbove((old) => Math.max(0, old + moved));
        }
      }
    }
    const first = Math.floor(top.current / height);
    const ids: number[] = [];
    for (let index = first; index < first + 12; index++) ids.push(rowAt(index)?.id ?? -1);
    anchor.current = { key, ids, first };
  });

  return above;
}
