/**
 * The desk's words. English stands in the code and is its own key; another language is a table from the English words to
 * its own. Call both functions while rendering, never once at start: the language may change.
 */
type Values = Record<string, string | number>;

/** The words in the agent's language, with `{name}` replaced by the value of that name. */
export function t(words: string, values?: Values): string {
  return fill(words, values);
}

/** The form of the words for so many: `{n}` is the count as the agent's language writes it. */
export function plural(count: number, one: string, other: string, values?: Values): string {
  return fill(count === 1 ? one : other, { n: count.toLocaleString('en'), ...values });
}

function fill(words: string, values?: Values): string {
  return values ? words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : words;
}
