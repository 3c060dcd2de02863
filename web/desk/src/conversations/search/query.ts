/** The operators of a search and their other names: as the server reads them. */
export const OPERATORS = {
  is: [],
  from: [],
  to: [],
  subject: [],
  tag: [],
  assignee: [],
  team: [],
  has: [],
  filename: ['attachment', 'file'],
  customer: [],
  before: ['older'],
  after: ['newer', 'since'],
  on: [],
  priority: [],
  channel: [],
  brand: [],
  number: [],
} satisfies Record<string, string[]>;

export type OperatorName = keyof typeof OPERATORS;

const NAMED = new Map<string, OperatorName>(
  (Object.keys(OPERATORS) as OperatorName[]).flatMap((name) => [name, ...OPERATORS[name]].map((each) => [each, name] as const)),
);

export interface Part {
  start: number;
  end: number;
  negated: boolean;
  operator: OperatorName | null;
  value: string;
  quoted: boolean;
  /** Whether its quotes are closed, or it has none. */
  closed: boolean;
}

const PART = /(-(?=\S))?(?:([a-z]+):)?(?:"([^"]*)("|$)|(\S*))/iy;

/** A search taken apart, as the server does; every text is one. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    PART.lastIndex = at;
    const found = PART.exec(text);
    if (!found) break;
    const [whole, minus, name, inQuotes, end, plain = ''] = found;
    const operator = name === undefined ? undefined : NAMED.get(name.toLowerCase());
    if (name !== undefined && operator === undefined) {
      // A colon of another kind, as in 10:30: all of it is a word.
      const word = /\S+/y;
      word.lastIndex = at;
      const value = word.exec(text)?.[0] ?? '';
      parts.push({ start: at, end: at + value.length, negated: Boolean(minus), operator: null, value: value.slice(minus ? 1 : 0), quoted: false, closed: true });
      at += value.length;
      continue;
    }
    const quoted = inQuotes !== undefined;
    parts.push({
      start: at,
      end: at + whole.length,
      negated: Boolean(minus),
      operator: operator ?? null,
      value: inQuotes ?? plain,
      quoted,
      closed: !quoted || end === '"',
    });
    at += Math.max(1, whole.length);
  }
  return parts;
}

/** Whether its last part is an operator whose value is still being typed: what it finds so far is not what is meant. */
export function isUnfinished(text: string): boolean {
  const last = partsOf(text).at(-1);
  return last?.operator != null && last.end === text.length && !(last.quoted && last.closed);
}

/** Whether it asks for more than words. */
export function hasOperators(text: string): boolean {
  return partsOf(text).some((part) => part.operator !== null || part.negated);
}

/** The text with a suggestion in place of its last part. */
export function completed(text: string, suggestion: { kind: string; text: string }): string {
  if (suggestion.kind === 'recent') return suggestion.text;
  const last = partsOf(text).at(-1);
  const start = last?.end === text.length ? last.start : text.length;
  return text.slice(0, start) + suggestion.text + (suggestion.kind === 'operator' ? '' : ' ');
}

export interface Sought {
  word: string;
  prefix: boolean;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{Mn}]*/gu;

/** As the server compares: case and accents count for nothing. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mn}+/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

/** The words of a search that stand in what is found, to be marked there. */
export function soughtIn(text: string): Sought[] {
  return partsOf(text).flatMap((part) => {
    if (part.negated || (part.operator !== null && part.operator !== 'subject')) return [];
    const words = fold(part.value).match(WORD) ?? [];
    const open = part.operator !== null || (!part.quoted && part.end === text.length && !/^#?\d+$|@/.test(part.value));
    return words.map((word, at) => ({ word, prefix: open && at === words.length - 1 }));
  });
}

/** Where they stand in a text. */
export function spansOfWords(text: string, sought: Sought[]): [start: number, end: number][] {
  if (sought.length === 0) return [];
  const spans: [number, number][] = [];
  for (const found of text.matchAll(WORD)) {
    const word = fold(found[0]);
    if (sought.some((each) => (each.prefix ? word.startsWith(each.word) : word === each.word))) {
      spans.push([found.index, found.index + found[0].length]);
    }
  }
  return spans;
}

/** In which days of a search are counted. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
