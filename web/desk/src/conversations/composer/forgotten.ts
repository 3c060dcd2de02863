/** How people say that a file goes along, in the languages that shops are written to most. */
const SAID = [
  /attach(ed|ment|ments|ing)?|enclosed?/,
  /an(bei|gehängt(e[nr]?)?|gefügt|hang|hängend|lage)|bei(gefügt(e[nr]?)?|liegend(e[nr]?)?)/,
  /ci-joint(e|s|es)?|pi[eè]ces?\s+jointes?/,
  /adjunt[oa]s?|(em\s+)?anexo|(in\s+)?allegat[oaie]/,
  /bijlage|bijgevoegd|bifogad(e|t)?|vedhæftet|vedlagt|liitteenä/,
  /w\s+załączniku|v\s+příloze/,
];
const WHOLE = new RegExp(`(?<![\\p{L}\\d])(?:${SAID.map((each) => each.source).join('|')})(?![\\p{L}\\d])`, 'iu');

/** The word that promises a file, where there is one; quotes are somebody else's words. */
export function promisedFile(html: string): string | null {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const quote of page.querySelectorAll('blockquote, pre')) quote.remove();
  return WHOLE.exec(page.body.textContent ?? '')?.[0] ?? null;
}
