/** Which lines of a mail make up its own text; every line where they cannot be found. */
export function ownLines(lines: string[], ownText: string): boolean[] {
  const own = lines.map(() => false);
  let at = 0;
  for (const wanted of ownText.split('\n').map((line) => line.trim())) {
    if (!wanted) continue;
    const found = lines.findIndex((line, i) => i >= at && line.trim() === wanted);
    if (found < 0) continue;
    own[found] = true;
    at = found + 1;
  }
  return own.some(Boolean) ? own : lines.map(() => true);
}

/** The chosen lines, with the empty ones between them. */
export function joinOwn(lines: string[], own: boolean[]): string {
  const kept: string[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '') {
      if (kept.length > 0 && kept.at(-1) !== '') kept.push('');
    } else if (own[i]) {
      kept.push(line);
    }
  });
  return kept.join('\n').trim();
}
