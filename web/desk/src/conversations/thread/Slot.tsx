import { type ReactNode, useEffect, useRef, useState } from 'react';

/** So far outside of what is seen, in pixels, a piece is drawn; twice as far, it is let go again. */
const NEAR = 1_200;

interface Watched {
  near: (near: boolean) => void;
  held: () => boolean;
}

/**
 * Draws only what is near the part of a thread that is seen. All else is an empty box of its height: a thread of thousands of
 * messages then costs what a short one does, and the frames of its mails are let go.
 */
export class Windowing {
  readonly heights = new Map<string, number>();
  private readonly watched = new Map<Element, Watched>();
  private readonly observer: IntersectionObserver;

  constructor(root: Element) {
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const one = this.watched.get(target);
          if (isIntersecting || !one?.held()) one?.near(isIntersecting);
        }
      },
      { root, rootMargin: `${NEAR}px 0px` },
    );
  }

  watch(element: Element, watched: Watched): () => void {
    this.watched.set(element, watched);
    this.observer.observe(element);
    return () => {
      this.watched.delete(element);
      this.observer.unobserve(element);
    };
  }

  stop(): void {
    this.observer.disconnect();
    this.watched.clear();
  }
}

interface Props {
  name: string;
  message?: number;
  windowing: () => Windowing | null;
  /** Drawn at once: it is what is seen first. */
  first: boolean;
  guess: number;
  register: (show: () => void) => () => void;
  className?: string;
  children: () => ReactNode;
}

/** The place of one piece, drawn or not. */
export function Slot({ name, message, windowing, first, guess, register, className, children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(first);
  useEffect(() => register(() => setNear(true)), [register]);
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    // Whoever works in it, or has marked words of it, must not lose it.
    const held = () => box.contains(document.activeElement) || (document.getSelection()?.containsNode(box, true) ?? false);
    return windowing()?.watch(box, { near: setNear, held });
  }, [windowing]);
  return (
    <div
      ref={element}
      className={className}
      data-piece={name}
      data-message={message}
      style={near ? undefined : { height: windowing()?.heights.get(name) ?? guess }}
    >
      {near && children()}
    </div>
  );
}
