import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { patiently } from './patiently';

type Load = () => Promise<unknown>;

const later: Load[] = [];
let idle = false;

/** A machine that never rests must have every part as well before its line fails. */
const LATEST_MS = 3_000;

/** Fetches it as soon as the browser has nothing better to do, so that the first use is as quick as the second. */
function whenIdle(load: Load): void {
  const run = () => void load().catch(() => undefined);
  // Safari has no requestIdleCallback.
  if (window.requestIdleCallback) window.requestIdleCallback(run, { timeout: LATEST_MS });
  else setTimeout(run, 200);
}

/** A part of the desk that does not come with the first page: fetched once that stands and rests, or when it is wanted. */
export function part<P>(load: () => Promise<{ default: ComponentType<P> }>): LazyExoticComponent<ComponentType<P>> {
  soon(load);
  return lazy(() => patiently(load));
}

/** What is to be fetched once the first page stands and rests. */
export function soon(load: Load): void {
  if (idle) whenIdle(load);
  else later.push(load);
}

/** The first page stands. */
export function fetchParts(): void {
  if (idle) return;
  idle = true;
  later.splice(0).forEach(whenIdle);
}
