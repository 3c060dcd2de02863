import { printed } from './keyboard';
import { keyFor } from './keymap';

/**
 * What stands in `data-tip` is shown beside its element while the pointer rests on it or the keyboard has brought the focus
 * there, with the key named by `data-tip-key`. One box for the whole page, which costs what bears a tip nothing. It
 * repeats the element's own name, so it is for the eye alone.
 */
const AFTER_MS = 400;
const GAP = 5;
const EDGE = 8;

const box = document.createElement('div');
box.className = 'tip';
box.setAttribute('aria-hidden', 'true');

let about: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function hide(): void {
  clearTimeout(timer);
  about = null;
  box.remove();
}

function keysOf(chord: string | undefined): HTMLElement[] {
  const key = chord ? keyFor(chord) : null;
  if (!key) return [];
  const keys = document.createElement('span');
  keys.className = 'keys';
  for (const part of printed(key)) keys.appendChild(document.createElement('kbd')).textContent = part;
  return [keys];
}

/** Above it, or below where there is no room; beside it where that is asked for. */
function place(at: DOMRect, beside: boolean): void {
  const { width, height } = box.getBoundingClientRect();
  const above = at.top - GAP - height;
  const left = beside ? at.right + GAP : at.left + (at.width - width) / 2;
  const top = beside ? at.top + (at.height - height) / 2 : above < EDGE ? at.bottom + GAP : above;
  box.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

function show(element: HTMLElement): void {
  const { tip, tipKey, tipSide } = element.dataset;
  if (!tip || !element.isConnected) return hide();
  box.replaceChildren(tip, ...keysOf(tipKey));
  document.body.append(box);
  place(element.getBoundingClientRect(), tipSide === 'right');
}

function rest(event: Event, after: number): void {
  const found = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null;
  if (found === about) return;
  hide();
  about = found;
  if (found) timer = setTimeout(() => show(found), after);
}

document.addEventListener('pointerover', (event) => event.pointerType !== 'touch' && rest(event, AFTER_MS));
document.addEventListener('focusin', (event) => {
  if (event.target instanceof Element && event.target.matches(':focus-visible')) rest(event, 0);
});
for (const end of ['focusout', 'pointerdown', 'keydown', 'scroll']) document.addEventListener(end, hide, true);
document.documentElement.addEventListener('pointerleave', hide);
