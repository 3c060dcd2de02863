import type { Match } from '../../api/types';

/** A snippet with what was searched for marked in it. */
export function Marked({ match }: { match: Match }) {
  const parts = [];
  let end = 0;
  for (const [from = 0, to = 0] of match.marks) {
    if (from < end || to > match.text.length) continue;
    parts.push(match.text.slice(end, from), <mark key={from}>{match.text.slice(from, to)}</mark>);
    end = to;
  }
  parts.push(match.text.slice(end));
  return parts;
}
