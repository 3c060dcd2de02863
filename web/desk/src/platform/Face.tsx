import type { CSSProperties } from 'react';
import classes from './Face.module.css';

/** Up to two initials by code point, so that an emoji or a Hangul syllable is not cut in half. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s.@_-]+/)
    .filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '';
  const second = words.length > 1 ? ([...(words[1] ?? '')][0] ?? '') : '';
  return (first + second).toUpperCase() || '?';
}

function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % 360;
}

/** Decoration only: the name always stands beside it or is given by whatever holds it. */
export function Face({ name, size = 32 }: { name: string | null; size?: number }) {
  const style = { '--hue': hueOf(name ?? ''), '--face': `${size}px` } as CSSProperties;
  return (
    <span className={classes.face} style={style} aria-hidden data-nobody={!name || undefined}>
      {name ? initialsOf(name) : '?'}
    </span>
  );
}
