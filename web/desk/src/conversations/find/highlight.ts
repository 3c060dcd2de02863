import { rangesOf, readText, type Span } from './matches';

/** Marks words without touching the page: neither what React drew nor what a mail holds is changed. */
const canMark = typeof Highlight !== 'undefined' && 'highlights' in CSS;

type Marker = typeof globalThis;

/** The windows in which words are marked: the desk's own, and those of the mails' frames. */
const marked = new Set<Marker>();

function frameOf(card: Element): HTMLIFrameElement | null {
  return card.querySelector<HTMLIFrameElement>('iframe.mail-frame');
}

function rootOf(card: Element): Node | null {
  return frameOf(card)?.contentDocument?.body ?? card.querySelector('[data-words]');
}

function put(view: Marker, name: 'found' | 'current', ranges: Range[]): void {
  marked.add(view);
  const highlight = new view.Highlight(...ranges);
  highlight.priority = name === 'current' ? 1 : 0;
  view.CSS.highlights.set(name, highlight);
}

export function clearMarks(): void {
  for (const view of marked) {
    view.CSS.highlights.delete('found');
    view.CSS.highlights.delete('current');
  }
  marked.clear();
}

/** Marks the words in every card that is drawn; returns the place of the current hit, in the desk's window. */
export function mark(find: (text: string) => Span[], current: { messageId: number; place: number } | null): DOMRect | null {
  clearMarks();
  let where: DOMRect | null = null;
  const own: Range[] = [];
  for (const card of document.querySelectorAll<HTMLElement>('[data-message]')) {
    const root = rootOf(card);
    if (!root) continue;
    const read = readText(root);
    const ranges = rangesOf(read, find(read.text));
    const frame = frameOf(card);
    const view = (frame?.contentWindow as Marker | null | undefined) ?? globalThis;
    const here = current?.messageId === Number(card.dataset.message) ? ranges[current.place] : undefined;
    if (canMark && frame) put(view, 'found', ranges);
    else own.push(...ranges);
    if (here) {
      if (canMark) put(view, 'current', [here]);
      where = here.getBoundingClientRect();
      const outside = frame?.getBoundingClientRect();
      if (outside) where = new DOMRect(where.x + outside.x, where.y + outside.y, where.width, where.height);
    }
  }
  if (canMark) put(globalThis, 'found', own);
  return where;
}
