import { readStored, writeStored } from '../../platform/stored';

export interface Emoji {
  sign: string;
  /** In English, then in German: what it is found by. */
  words: string[];
  names: { en: string; de: string };
}

const RECENT = 'emoji';
const MOST_RECENT = 24;

/** By lines and semicolons: the sign, its English words, a bar, its German words. */
export function readEmoji(table: string): Emoji[] {
  return table
    .trim()
    .split(/\n|; /)
    .map((line) => {
      const space = line.indexOf(' ');
      const [en = '', de = ''] = line.slice(space + 1).split(' | ');
      const name = (words: string) => words.split(' ').slice(0, 2).join(' ');
      return { sign: line.slice(0, space), words: `${en} ${de}`.split(' '), names: { en: name(en), de: name(de) } };
    });
}

/** In the language of the desk. */
export function nameOf({ names }: Emoji): string {
  return document.documentElement.lang.startsWith('de') ? names.de : names.en;
}

export function recentEmoji(): string[] {
  return (readStored(RECENT) ?? '').split(' ').filter(Boolean);
}

export function rememberEmoji(sign: string): void {
  writeStored(RECENT, [sign, ...recentEmoji().filter((each) => each !== sign)].slice(0, MOST_RECENT).join(' '));
}

const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');

/** Whose name begins so first, then any of whose words do; those used lately before the others. */
export function findEmoji(all: Emoji[], typed: string, recent: string[] = [], most = 8): Emoji[] {
  const wanted = plain(typed).split(/[\s_]+/).filter(Boolean);
  const place = (emoji: Emoji) => {
    const at = recent.indexOf(emoji.sign);
    return at < 0 ? MOST_RECENT : at;
  };
  if (wanted.length === 0) {
    const lately = recent.map((sign) => all.find((each) => each.sign === sign)).filter((each) => each !== undefined);
    return [...lately, ...all.filter((each) => !recent.includes(each.sign))].slice(0, most);
  }
  const rank = ({ words }: Emoji) => {
    const said = words.map(plain);
    if (!wanted.every((part) => said.some((word) => word.startsWith(part)))) return -1;
    const first = wanted[0] ?? '';
    return said[0] === first ? 0 : said.includes(first) ? 1 : said[0]?.startsWith(first) ? 2 : 3;
  };
  return all
    .map((emoji, index) => ({ emoji, index, rank: rank(emoji) }))
    .filter((each) => each.rank >= 0)
    .sort((a, b) => a.rank - b.rank || place(a.emoji) - place(b.emoji) || a.index - b.index)
    .slice(0, most)
    .map((each) => each.emoji);
}
