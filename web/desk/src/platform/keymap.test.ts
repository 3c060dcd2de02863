import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFor, meant, takenBy, USUAL, withKey } from './keymap';

test('the usual keys mean what they mean', () => {
  expect(meant('e', {})).toBe('e');
  expect(meant('q', {})).toBe('q');
  expect(keyFor('e', {})).toBe('e');
});

test('a key of one’s own does what the usual one did, which does nothing any more', () => {
  const own = withKey({}, 'resolve', 'd');
  expect(own).toEqual({ resolve: 'd' });
  expect(meant('d', own)).toBe('e');
  expect(meant('e', own)).toBeNull();
  expect(keyFor('e', own)).toBe('d');
});

test('a key that something else has is swapped with it', () => {
  expect(takenBy('s', 'resolve', {})).toBe('snooze');
  const own = withKey({}, 'resolve', 's');
  expect(own).toEqual({ resolve: 's', snooze: 'e' });
  expect(meant('s', own)).toBe('e');
  expect(meant('e', own)).toBe('s');
  expect(withKey(own, 'resolve', 'e')).toEqual({});
});

test('an action may have no key', () => {
  const own = withKey({}, 'spam', '');
  expect(meant('!', own)).toBeNull();
  expect(keyFor('!', own)).toBeNull();
  expect(withKey(own, 'resolve', '')).toEqual({ spam: '', resolve: '' });
});

test('no two have the same key', () => {
  expect(new Set(Object.values(USUAL)).size).toBe(Object.keys(USUAL).length);
});

/** Keys of a list, a dialog or the editor, which rest elsewhere, and those that no one may lose. */
const FIXED = new Set('Escape Enter shift+Enter ArrowLeft ArrowRight + - 0 d y M mod+b mod+i mod+e mod+\\ mod+\\\\ mod+alt+c mod+shift+x mod+shift+8 mod+shift+7 mod+shift+b'.split(' '));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(folder, entry.name)) : /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [join(folder, entry.name)] : [],
  );
}

test('every key that the desk names is one that can be chosen, or fixed', () => {
  const known = new Set<string>([...Object.values(USUAL), ...FIXED]);
  const strange = sources(join(process.cwd(), 'src')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bchord(?:: |=)['"]([^'"]+)['"]/g)].map((found) => found[1] ?? '').filter((chord) => !known.has(chord)).map((chord) => `${file}: ${chord}`),
  );
  expect(strange).toEqual([]);
});
