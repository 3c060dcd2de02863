import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Windowing } from './Slot';
import { messageElement } from './view';

const NEAR_END = 80;
const NEAR_TOP = 600;
const MARGIN = 16;
const MARKED_MS = 2_000;
const SETTLED_MS = 1_000;

/** By these the reader takes the scrolling over. */
const OWN_MOVES = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const;

let lastHeight = 0;

/** How high the pane of a thread is, as far as is known before there is one: of the last that was read. */
export const paneHeight = () => lastHeight || innerHeight;

interface RevealOptions {
  focus?: boolean;
  mark?: boolean;
  block?: ScrollLogicalPosition;
}

export interface Scrolling {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  toEnd: () => void;
  reveal: (messageId: number, options?: RevealOptions) => boolean;
  windowing: () => Windowing | null;
  registerFor: (piece: string) => (show: () => void) => () => void;
  /** Something came while the reader was further up. */
  unseen: boolean;
  /** What is new begins above what is seen. */
  above: boolean;
  nearTop: boolean;
}

/**
 * Where a thread stands. It opens at its end; what is read stays where it is, whatever grows above it; at the end the end stays.
 */
export function useScrolling(newest: number | undefined, oldest: number | undefined, isPending: boolean): Scrolling {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const fromEnd = useRef(0);
  const shows = useRef(new Map<string, () => void>());
  const registers = useRef(new Map<string, (show: () => void) => () => void>());
  const made = useRef<Windowing | null>(null);
  const settling = useRef<{ box: HTMLElement; block: ScrollLogicalPosition; until: number } | null>(null);
  const [unseen, setUnseen] = useState(false);
  const [above, setAbove] = useState(false);
  const [nearTop, setNearTop] = useState(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    atEnd.current = true;
    settling.current = null;
    const last = content.current?.lastElementChild;
    // A mail taller than the pane is read from its first line, not its last.
    const tall = last instanceof HTMLElement && last.offsetHeight > element.clientHeight - MARGIN;
    element.scrollTop = tall ? last.offsetTop - MARGIN : element.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element || element.clientHeight === 0) return;
    fromEnd.current = element.scrollHeight - element.scrollTop;
    atEnd.current = fromEnd.current - element.clientHeight < NEAR_END;
    if (atEnd.current) setUnseen(false);
    setNearTop(element.scrollTop < NEAR_TOP && element.scrollHeight > element.clientHeight);
    const line = content.current?.querySelector<HTMLElement>('[data-piece="new"]');
    setAbove(line !== null && line !== undefined && line.offsetTop < element.scrollTop);
  }, []);

  // Earlier messages push the text down; what was being read must stay where it is.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && !atEnd.current) element.scrollTop = element.scrollHeight - fromEnd.current;
  }, [oldest]);

  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setUnseen(true);
  }, [newest, toEnd]);

  // Frames and pictures grow after they are placed, and boxes turn into messages.
  useLayoutEffect(() => {
    const inside = content.current;
    const outside = scroller.current;
    if (!inside || !outside) return;
    const windowing = made.current ?? (made.current = new Windowing(outside));
    const sizes = new ResizeObserver((entries) => {
      // Put aside for the next conversation: what it says now is no longer so.
      if (outside.clientHeight === 0) return;
      lastHeight = outside.clientHeight;
      let grown = 0;
      for (const { target } of entries) {
        if (!(target instanceof HTMLElement)) continue;
        const name = target.dataset.piece;
        if (name === undefined) continue;
        const before = windowing.heights.get(name);
        const now = target.offsetHeight;
        windowing.heights.set(name, now);
        if (before !== undefined && target.offsetTop + before <= outside.scrollTop) grown += now - before;
      }
      const to = settling.current;
      if (to && to.until > Date.now()) to.box.scrollIntoView({ block: to.block });
      else if (atEnd.current) toEnd();
      else if (grown !== 0) outside.scrollTop += grown;
      onScroll();
    });
    const watch = () => {
      for (const child of inside.children) sizes.observe(child);
    };
    watch();
    sizes.observe(outside);
    const own = () => (settling.current = null);
    for (const kind of OWN_MOVES) outside.addEventListener(kind, own, { passive: true });
    const children = new MutationObserver(watch);
    children.observe(inside, { childList: true });
    return () => {
      sizes.disconnect();
      children.disconnect();
      for (const kind of OWN_MOVES) outside.removeEventListener(kind, own);
    };
  }, [isPending, toEnd, onScroll]);

  useEffect(
    () => () => {
      made.current?.stop();
      made.current = null;
    },
    [],
  );

  const reveal = useCallback((messageId: number, { focus, mark, block = 'nearest' }: RevealOptions = {}) => {
    const show = shows.current.get(`m${messageId}`);
    const box = messageElement(messageId);
    if (!show || !box) return false;
    atEnd.current = false;
    flushSync(show);
    box.scrollIntoView({ block });
    // What stands around it is only being drawn, and grows meanwhile.
    settling.current = { box, block, until: Date.now() + SETTLED_MS };
    const card = box.querySelector<HTMLElement>('article');
    if (focus) card?.focus({ preventScroll: true });
    if (mark && card) {
      card.dataset.marked = 'true';
      setTimeout(() => delete card.dataset.marked, MARKED_MS);
    }
    return true;
  }, []);

  const windowing = useCallback(() => {
    if (!made.current && scroller.current) made.current = new Windowing(scroller.current);
    return made.current;
  }, []);

  const registerFor = useCallback((piece: string) => {
    const known = registers.current.get(piece);
    if (known) return known;
    const register = (show: () => void) => {
      shows.current.set(piece, show);
      return () => {
        shows.current.delete(piece);
      };
    };
    registers.current.set(piece, register);
    return register;
  }, []);

  return useMemo(
    () => ({ scroller, content, onScroll, toEnd, reveal, windowing, registerFor, unseen, above, nearTop }),
    [onScroll, toEnd, reveal, windowing, registerFor, unseen, above, nearTop],
  );
}
