import { useEffect } from 'react';
import { threadView } from '../thread/view';
import { unfold } from '../thread/unfolding';
import './highlight.css';
import { clearMarks, mark } from './highlight';
import type { Hit, Span } from './matches';

/** Marks what is found wherever it is drawn, and brings one hit of it into sight. */
export function useMarks(find: (text: string) => Span[], hit: Hit | null): void {
  const messageId = hit?.messageId ?? null;
  const place = hit?.place ?? 0;
  const folded = hit?.folded ?? false;

  useEffect(() => clearMarks, []);
  useEffect(() => {
    if (messageId === null) {
      clearMarks();
      return;
    }
    if (folded) unfold(messageId, true);
    let gone = false;
    void threadView
      .get()
      ?.reveal(messageId, { block: 'nearest' })
      .then(() => {
        if (gone) return;
        const scroller = document.querySelector('[data-thread]');
        const seen = scroller?.getBoundingClientRect();
        const there = mark(find, { messageId, place });
        if (!scroller || !seen || !there) return;
        const hidden = there.top < seen.top + 56 || there.bottom > seen.bottom - 24;
        if (hidden) scroller.scrollTop += there.top - seen.top - seen.height / 3;
      });
    return () => {
      gone = true;
    };
  }, [find, messageId, place, folded]);

  // What is drawn only now, or whose frame has just loaded, is marked, too.
  useEffect(() => {
    const scroller = document.querySelector('[data-thread]');
    if (!scroller || messageId === null) return;
    let waits: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      clearTimeout(waits);
      waits = setTimeout(() => mark(find, { messageId, place }), 120);
    };
    const changes = new MutationObserver(again);
    changes.observe(scroller, { childList: true, subtree: true });
    scroller.addEventListener('load', again, true);
    return () => {
      clearTimeout(waits);
      changes.disconnect();
      scroller.removeEventListener('load', again, true);
    };
  }, [find, messageId, place]);
}
