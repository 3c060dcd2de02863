import type { Message } from '../../api/types';
import { parseHtml, worthOf } from '../thread/mailHtml';

const BLOCK = /^(P|DIV|LI|UL|OL|BLOCKQUOTE|PRE|TABLE|TR|TD|TH|H[1-6]|HR|BR|SECTION|ARTICLE|CENTER)$/;
const UNSEEN = /^(HEAD|STYLE|SCRIPT|TITLE|META|TEMPLATE)$/;

/** A piece of text, and where in a node it stands. */
interface Run {
  node: Text;
  start: number;
}

export interface Read {
  text: string;
  runs: Run[];
}

/**
 * The words below a node as a person reads them: what stands in different blocks does not run together. A mail that lies folded as
 * data and the same mail on screen give the same words.
 */
export function readText(root: Node): Read {
  const runs: Run[] = [];
  let text = '';
  const visit = (node: Node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      runs.push({ node: node as Text, start: text.length });
      text += (node as Text).data;
      return;
    }
    const name = node.nodeName.toUpperCase();
    if (UNSEEN.test(name)) return;
    const block = BLOCK.test(name);
    if (block) text += '\n';
    node.childNodes.forEach(visit);
    if (block) text += '\n';
  };
  visit(root);
  return { text, runs };
}

export type Span = [start: number, end: number];

/** Upper and lower case are the same, and so is every kind of space. */
export function spansOf(text: string, words: string): Span[] {
  const sought = words.trim();
  if (!sought) return [];
  const pattern = sought
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  const spans: Span[] = [];
  for (const found of text.matchAll(new RegExp(pattern, 'giu'))) spans.push([found.index, found.index + found[0].length]);
  return spans;
}

/** Where in the nodes a letter stands. */
export function placeOf(read: Read, offset: number): [Text, number] | null {
  for (let i = read.runs.length - 1; i >= 0; i--) {
    const run = read.runs[i];
    if (run && run.start <= offset) return [run.node, Math.min(offset - run.start, run.node.data.length)];
  }
  return null;
}

export function rangesOf(read: Read, spans: Span[]): Range[] {
  return spans.flatMap(([start, end]) => {
    const from = placeOf(read, start);
    const to = placeOf(read, end - 1);
    if (!from || !to) return [];
    const range = from[0].ownerDocument.createRange();
    range.setStart(...from);
    range.setEnd(to[0], Math.min(to[1] + 1, to[0].data.length));
    return [range];
  });
}

const known = new WeakMap<Message, string>();

/** All the words of a message, also those that are folded away. */
export function wordsOf(message: Message): string {
  let words = known.get(message);
  if (words === undefined) {
    const { html, text } = message;
    words = html && worthOf(html, text) !== 'text' ? readText(parseHtml(html).body).text : text;
    known.set(message, words);
  }
  return words;
}

export interface Hit {
  messageId: number;
  /** The how-manieth hit within its message. */
  place: number;
  /** Whether it lies in what is folded away. */
  folded: boolean;
}

export function hitsIn(messages: Message[], find: (text: string) => Span[]): Hit[] {
  return messages.flatMap((message) => {
    const own = message.direction === 'inbound' ? message.ownText : message.text;
    const whole = wordsOf(message);
    const spans = find(whole);
    const plain = spans.length > 0 && find(own).length === spans.length;
    return spans.map((_, place) => ({ messageId: message.id, place, folded: !plain }));
  });
}
