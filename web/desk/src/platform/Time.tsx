import { useSyncExternalStore } from 'react';
import { comingTime, dayOf, exactTime, longTime, shortTime, untilTime } from './instants';

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

// One clock for the whole page: fifty rows must not mean fifty timers.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((each) => each());
  }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function current(): number {
  // A long-hidden tab would otherwise show stale ages until the next tick.
  if (Date.now() - now > 20_000) now = Date.now();
  return now;
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}

const WORDINGS = { short: shortTime, long: longTime, coming: comingTime, until: untilTime, day: dayOf };

export function Time({ at, as = 'long' }: { at: string; as?: keyof typeof WORDINGS }) {
  const moment = Math.max(useNow(), as === 'coming' || as === 'until' ? 0 : Date.parse(at));
  return (
    <time dateTime={at} title={exactTime(at)}>
      {WORDINGS[as](at, moment)}
    </time>
  );
}
