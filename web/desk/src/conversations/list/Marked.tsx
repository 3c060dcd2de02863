import type { ReactNode } from 'react';
import type { Match } from '../../api/types';

/** So much may stand before the first hit; more would push it out of a narrow list. */
const BEFORE = 16;

function begin(match: Match): number {
  const first = match.marks[0]?.[0] ?? 0;
  if (first <= BEFORE) return 0;
  const space = match.text.indexOf(' ', first - BEFORE);
  return space >= 0 && space < first ? space + 1 : first;
}

/** A snippet with what was searched for marked in it. */
export function Marked({ match }: { match: Match }) {
  let end = begin(match);
  const parts: ReactNode[] = end > 0 ? ['… '] : [];
  for (const [from = 0, to = 0] of match.marks) {
    if (from < end || to > match.text.length) continue;
    parts.push(match.text.slice(end, from), <mark key={from}>{match.text.slice(from, to)}</mark>);
    end = to;
  }
  parts.push(match.text.slice(end));
  return parts;
}
