import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hides, seenOf, shows } from './seen';

describe('seen', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    hides(1);
    vi.useRealTimers();
  });

  it('isWhatAConversationOpensWith', () => {
    shows(1, 10);
    expect(seenOf(1)).toBe(10);
  });

  it('isWhatArrivesOnlyOnceItHasStoodThereForAMoment', () => {
    shows(1, 10);
    shows(1, 11);
    expect(seenOf(1)).toBe(10);
    vi.advanceTimersByTime(1_000);
    expect(seenOf(1)).toBe(11);
  });

  it('isNothingOfWhatIsClosed', () => {
    shows(1, 10);
    shows(1, 11);
    hides(1);
    vi.advanceTimersByTime(1_000);
    expect(seenOf(1)).toBeUndefined();
  });
});
