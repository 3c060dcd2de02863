import type { CSSProperties } from 'react';
import classes from './Face.module.css';

/** Up to two initials, of letters and digits only; a name of nothing but emoji shows its first, uncut. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu);
  if (!words) return [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '?';
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join('')
    .toUpperCase();
}

function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % 360;
}

/** Decoration only: the name always stands beside it or is given by whatever holds it. */
export function Face({ name, size = 32, url }: { name: string | null; size?: number; url?: string | null }) {
  const style = { '--hue': hueOf(name ?? ''), '--face': `${size}px` } as CSSProperties;
  return (
    <span className={classes.face} style={style} aria-hidden data-nobody={!name || undefined}>
      {url ? <img src={url} alt="" /> : name ? initialsOf(name) : '?'}
    </span>
  );
}
