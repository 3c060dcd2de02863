import { describe, expect, it } from 'vitest';
import { comingTime, duration, longTime, shortTime, untilTime } from './instants';

const now = new Date(2026, 4, 13, 15, 0, 0).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe('time as people say it', () => {
  it('isShortInLists', () => {
    expect(shortTime(at(2026, 4, 13, 15, 0), now)).toBe('now');
    expect(shortTime(at(2026, 4, 13, 14, 57), now)).toBe('3 min');
    expect(shortTime(at(2026, 4, 13, 9, 30), now)).toBe('5 h');
    expect(shortTime(at(2026, 4, 12, 23, 59), now)).toBe('yesterday');
    expect(shortTime(at(2026, 4, 11, 8, 0), now)).toBe('Mon');
    expect(shortTime(at(2026, 2, 3, 8, 0), now)).toBe('3 Mar');
    expect(shortTime(at(2024, 2, 3, 8, 0), now)).toBe('3 Mar 2024');
  });

  it('namesTheHourInAMessage', () => {
    expect(longTime(at(2026, 4, 12, 14, 5), now)).toBe('yesterday 14:05');
    expect(longTime(at(2026, 4, 13, 9, 5), now)).toBe('today 09:05');
  });

  it('saysWhenSomethingIsToCome', () => {
    expect(comingTime(at(2026, 4, 13, 15, 5), now)).toBe('in 5 min');
    expect(comingTime(at(2026, 4, 14, 9, 0), now)).toBe('tomorrow 09:00');
    expect(comingTime(at(2026, 4, 13, 14, 0), now)).toBe('now');
  });

  it('saysUntilWhen', () => {
    expect(untilTime(at(2026, 4, 13, 15, 5), now)).toBe('15:05');
    expect(untilTime(at(2026, 4, 14, 9, 0), now)).toBe('tomorrow 09:00');
  });

  it('countsAWait', () => {
    expect(duration(4 * 60_000)).toBe('4 min');
    expect(duration(49 * 3_600_000)).toBe('2 days');
  });
});
