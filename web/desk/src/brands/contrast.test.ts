import { expect, test } from 'vitest';
import { contrast, inkOn, READABLE, readableOnWhite } from './contrast';

test('contrast is counted as WCAG counts it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#0a6970')).toBe(contrast('#0a6970', '#ffffff'));
});

const SOME = ['#ffffff', '#ffd400', '#12b886', '#ff6b6b', '#4f46e5', '#000000', '#808080'];

test.each(SOME)('letters on %s can be read', (color) => {
  const ink = inkOn(color) === '#000' ? '#000000' : '#ffffff';
  expect(contrast(color, ink)).toBeGreaterThanOrEqual(READABLE);
});

test.each(SOME)('words in the darker kind of %s can be read on white', (color) => {
  expect(contrast(readableOnWhite(color), '#ffffff')).toBeGreaterThanOrEqual(READABLE);
});

test('what can be read stays', () => {
  expect(readableOnWhite('#0a6970')).toBe('#0a6970');
});
