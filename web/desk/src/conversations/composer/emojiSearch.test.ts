// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { EMOJI } from './emoji';
import { findEmoji } from './emojiSearch';

const signs = (typed: string, recent: string[] = []) => findEmoji(EMOJI, typed, recent).map((each) => each.sign);

test('emoji are found by how their English or German names begin', () => {
  expect(signs('smi')[0]).toBe('🙂');
  expect(signs('läch')).toContain('🙂');
  expect(signs('lach')).toContain('😂');
  expect(signs('paket')[0]).toBe('📦');
  expect(signs('thumbs_up')).toContain('👍');
  expect(signs('grusse')).toContain('👋');
  expect(signs('qqqq')).toEqual([]);
});

test('the ones used lately come first', () => {
  expect(signs('', ['🫖', '🎉']).slice(0, 2)).toEqual(['🫖', '🎉']);
  expect(signs('heart', ['💚'])[0]).not.toBe('💚');
  expect(signs('hea', ['💚']).indexOf('💚')).toBeLessThan(signs('hea').indexOf('💚') < 0 ? 9 : signs('hea').indexOf('💚') + 1);
});

test('each has a sign of its own and names in both languages', () => {
  expect(EMOJI.length).toBeGreaterThan(250);
  expect(new Set(EMOJI.map((each) => each.sign)).size).toBe(EMOJI.length);
  for (const { sign, words } of EMOJI) {
    expect(sign, sign).toMatch(/\p{Extended_Pictographic}|\p{Regional_Indicator}|[#*0-9]\uFE0F?\u20E3/u);
    expect(words.length, sign).toBeGreaterThan(1);
  }
});
