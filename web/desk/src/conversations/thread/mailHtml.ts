import type { Message } from '../../api/types';

/**
 * How much a mail's HTML says beyond its text.
 * - `text`: nothing; the plain words read better, and cost no frame.
 * - `rich`: plain formatting that can be rebuilt as our own elements.
 * - `full`: layout or pictures; only a sandboxed frame may show it.
 */
export type HtmlWorth = 'text' | 'rich' | 'full';

const PLAIN = new Set(['HTML', 'HEAD', 'BODY', 'TITLE', 'META', 'DIV', 'P', 'BR', 'SPAN', 'FONT', 'CENTER', 'WBR']);
const FORMATTING = new Set([
  'B',
  'STRONG',
  'I',
  'EM',
  'U',
  'S',
  'DEL',
  'A',
  'UL',
  'OL',
  'LI',
  'BLOCKQUOTE',
  'CODE',
  'PRE',
  'HR',
  'SUB',
  'SUP',
]);
const TELLING_STYLE =
  /background(-color|-image)?\s*:(?!\s*(transparent|none|#fff(fff)?\b|white|initial|inherit))|float\s*:|position\s*:|display\s*:\s*(table|flex|grid|none)/i;

export function parseHtml(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function squeezed(text: string): string {
  return text.replace(/[\s\u00a0\u200b]+/g, '');
}

/** A link whose words are its address says nothing the text does not. */
function isBareLink(element: Element): boolean {
  const href = (element.getAttribute('href') ?? '').replace(/^mailto:/, '').replace(/\/$/, '');
  const words = (element.textContent ?? '').trim().replace(/\/$/, '');
  return words === href || `http://${words}` === href || `https://${words}` === href;
}

const judged = new WeakMap<Message, HtmlWorth>();

/** Of a message that has not changed since, found once. */
export function worthOfMessage(message: Message): HtmlWorth {
  const known = judged.get(message) ?? worthOf(message.html, message.text);
  judged.set(message, known);
  return known;
}

export function worthOf(html: string | null, text: string | null): HtmlWorth {
  if (!html) return 'text';
  const page = parseHtml(html);
  let worth: HtmlWorth = 'text';
  for (const element of page.querySelectorAll('*')) {
    const tag = element.tagName;
    if (TELLING_STYLE.test(element.getAttribute('style') ?? '')) return 'full';
    if (PLAIN.has(tag) || (tag === 'A' && isBareLink(element))) continue;
    if (!FORMATTING.has(tag)) return 'full';
    worth = 'rich';
  }
  if (worth === 'rich') return 'rich';
  // A text part that was left empty, or says something else ("this mail needs HTML"), does not stand for the HTML.
  return squeezed(page.body.textContent ?? '') === squeezed(text ?? '') ? 'text' : 'rich';
}
