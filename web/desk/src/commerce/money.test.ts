import { expect, test } from 'vitest';
import { money, parseMoney, typedMoney } from './money';

test('amounts are read as people type them', () => {
  expect(parseMoney('12.30', 'EUR')).toBe(1230);
  expect(parseMoney('12,3', 'EUR')).toBe(1230);
  expect(parseMoney('1.234,50 €', 'EUR')).toBe(123450);
  expect(parseMoney("1'234", 'CHF')).toBe(123400);
  expect(parseMoney('1,230', 'JPY')).toBe(1230);
  expect(parseMoney('0.005', 'KWD')).toBe(5);
  expect(parseMoney('', 'EUR')).toBeNull();
  expect(parseMoney('twelve', 'EUR')).toBeNull();
});

test('what stands in a field is read again', () => {
  for (const currency of ['EUR', 'JPY', 'KWD']) expect(parseMoney(typedMoney(98765, currency), currency)).toBe(98765);
});

test('each currency is written with its own digits', () => {
  expect(money(1230, 'EUR')).toContain('12.30');
  expect(money(1230, 'JPY')).toContain('1,230');
});
