import { readStored, writeStored } from './stored';
import { createStore } from './store';

/**
 * The desk's words. English stands in the code and is its own key; another language is a table from the English words to
 * its own, fetched only where it is spoken. Call t() and plural() while rendering, never once at start: the language may
 * change. How to add one: docs/developers/languages.md.
 */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** What plural() says has a form for each number the language knows, under the English words for many. */
export type Table = Record<string, string | Forms>;

interface Spoken {
  /** As its speakers call it. */
  name: string;
  /** For dates and numbers. */
  locale: string;
  words?: () => Promise<{ default: Table }>;
}

export const LANGUAGES = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de', words: () => import('./words.de') },
} satisfies Record<string, Spoken>;

export type Language = keyof typeof LANGUAGES;

interface Tongue {
  language: Language;
  locale: string;
  table: Table;
  rules: Intl.PluralRules;
  numbers: Intl.NumberFormat;
}

function tongueOf(language: Language, table: Table): Tongue {
  const { locale } = LANGUAGES[language];
  return { language, locale, table, rules: new Intl.PluralRules(locale), numbers: new Intl.NumberFormat(locale) };
}

const tongue = createStore<Tongue>(tongueOf('en', {}));

type Values = Record<string, string | number>;

/** The words in the agent's language, with `{name}` replaced by the value of that name. */
export function t(words: string, values?: Values): string {
  const own = tongue.get().table[words];
  return fill(typeof own === 'string' ? own : words, values);
}

/** The same for words that come from the server, such as what it finds of the installation; English where no table has them. */
export function told(words: string, values?: Values): string {
  return t(words, values);
}

/** The form of the words for so many: `{n}` is the count as the agent's language writes it. */
export function plural(count: number, one: string, other: string, values?: Values): string {
  const { table, rules } = tongue.get();
  const forms = table[other];
  const own = typeof forms === 'object' ? (forms[rules.select(count)] ?? forms.other) : undefined;
  return fill(own ?? (count === 1 ? one : other), { n: count, ...values });
}

function fill(words: string, values?: Values): string {
  if (!values) return words;
  const { numbers } = tongue.get();
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
  });
}

/** Words that begin a line, as they stand amid one: only English writes them small there. */
export function amid(words: string): string {
  return tongue.get().language === 'en' ? words.toLowerCase() : words;
}

/** The locale that dates and numbers are written in. */
export function locale(): string {
  return tongue.get().locale;
}

/** Draws a component anew when the language changes; needed where React would else not come by: pages and what is memo'd. */
export function useLanguage(): Language {
  return tongue.use().language;
}

const STORED = 'language';

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}

function ofBrowser(): Language {
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** What was chosen in this browser last, so that the sign-in page and the first paint are right. */
export function speakAsBefore(): Promise<void> {
  return speak(readStored(STORED));
}

let wanted: Language = 'en';

/**
 * Speaks a language as soon as its words are there; null: the browser's. Where they cannot be had, all stays as it is, and
 * the next page tries again.
 */
export async function speak(choice: string | null): Promise<void> {
  writeStored(STORED, choice);
  const language = isLanguage(choice) ? choice : ofBrowser();
  wanted = language;
  if (tongue.get().language === language) return;
  const { words } = LANGUAGES[language] as Spoken;
  const table = words ? await words().then((part) => part.default, () => null) : {};
  if (table === null || wanted !== language) return;
  document.documentElement.lang = language;
  tongue.set(tongueOf(language, table));
}
