import { type RefCallback, type RefObject, useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** So many rows are drawn above and below what is seen. */
const BEYOND = 8;
/** What is drawn changes by so many rows at a time: every row alone would be work in every frame of a scroll. */
const STEP = 4;

interface Drawn {
  from: number;
  /** The first that is not. */
  to: number;
}

function drawnAt(top: number, seen: number, height: number): Drawn {
  const step = STEP * height;
  return {
    from: Math.max(0, Math.floor(top / step) * STEP - BEYOND),
    to: Math.ceil((top + seen) / step) * STEP + BEYOND,
  };
}

export interface Rows extends Drawn {
  scroller: RefObject<HTMLElement | null>;
  /** For the element that scrolls. */
  ref: RefCallback<HTMLElement>;
  /** Scrolls as little as it takes to have a row in sight. */
  reveal: (index: number) => void;
}

/** Which of so many rows, each of the same height in pixels, exist on the page: those in sight, and some around them. */
export function useRows(count: number, height: number): Rows {
  const scroller = useRef<HTMLElement>(null);
  const [drawn, setDrawn] = useState(() => drawnAt(0, innerHeight, height));

  const ref = useCallback(
    (element: HTMLElement | null) => {
      scroller.current = element;
      if (!element) return;
      const look = () => {
        const next = drawnAt(element.scrollTop, element.clientHeight, height);
        setDrawn((now) => (now.from === next.from && now.to === next.to ? now : next));
      };
      // In the frame that is scrolled: a frame later the place would have been empty for one.
      const onScroll = () => flushSync(look);
      element.addEventListener('scroll', onScroll, { passive: true });
      const size = new ResizeObserver(look);
      size.observe(element);
      return () => {
        element.removeEventListener('scroll', onScroll);
        size.disconnect();
        scroller.current = null;
      };
    },
    [height],
  );

  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height > element.scrollTop + element.clientHeight) element.scrollTop = top + height - element.clientHeight;
    },
    [height],
  );

  return { from: Math.min(drawn.from, Math.max(0, count - 1)), to: Math.min(drawn.to, count), scroller, ref, reveal };
}
