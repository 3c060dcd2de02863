import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDLE_MS, lookAt, sayAgain, stopTyping, tellThrough, touched, typing, TYPING_AGAIN_MS } from './whereabouts';

describe('whereabouts', () => {
  let day = Date.parse('2026-01-01');
  let said: object[];
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime((day += 86_400_000));
    said = [];
    tellThrough((message) => said.push(message));
    touched();
    said = [];
  });
  afterEach(() => {
    stopTyping();
    lookAt(null);
    tellThrough(null);
    vi.useRealTimers();
  });
  const last = () => said.at(-1);

  it('saysWhichConversationIsOpenOnceAndAgainWhenAsked', () => {
    lookAt(7);
    lookAt(7);
    expect(said).toEqual([{ type: 'here', conversationId: 7, doing: 'reading', idle: false }]);
    sayAgain();
    expect(said).toHaveLength(2);
  });

  it('saysTypingAtOnceThenNowAndThenAndThatItEnded', () => {
    lookAt(7);
    said = [];
    for (let i = 0; i < 10; i++) {
      typing(7, 'replying');
      vi.advanceTimersByTime(TYPING_AGAIN_MS / 5);
    }
    expect(said).toHaveLength(2);
    expect(last()).toMatchObject({ doing: 'replying' });
    vi.advanceTimersByTime(5_000);
    expect(last()).toMatchObject({ conversationId: 7, doing: 'reading' });
  });

  it('looksAtNothingOnceNobodyTouchesTheDesk', () => {
    lookAt(7);
    vi.advanceTimersByTime(IDLE_MS);
    expect(last()).toEqual({ type: 'here', idle: true });
    touched();
    expect(last()).toMatchObject({ conversationId: 7, idle: false });
  });

  it('saysEverythingAgainOnANewLine', () => {
    lookAt(7);
    tellThrough(null);
    const again: object[] = [];
    tellThrough((message) => again.push(message));
    expect(again).toEqual([{ type: 'here', conversationId: 7, doing: 'reading', idle: false }]);
  });
});
