import { describe, expect, it } from 'vitest';
import type { ConversationRow, Message } from '../api/types';
import { mergeMessages, mergeRows } from './freshen';

const row = (id: number, minute: number) =>
  ({ id, lastMessageAt: `2026-01-01T10:${String(minute).padStart(2, '0')}:00Z`, match: null }) as ConversationRow;
const message = (id: number) => ({ id }) as Message;
const ids = (data: { pages: { items: { id: number }[] }[] }) => data.pages.flatMap((page) => page.items.map((each) => each.id));

const loaded = {
  pages: [
    { items: [row(9, 50), row(8, 40)], next: 'a' },
    { items: [row(7, 30), row(6, 20)], next: 'b' },
  ],
  pageParams: [null, 'a'],
};

describe('mergeRows', () => {
  it('movesARowUpAndKeepsThoseBelow', () => {
    const merged = mergeRows(loaded, { items: [row(6, 55), row(9, 50)], next: 'n' }, new Set(), [], false);
    expect(ids(merged)).toEqual([6, 9, 8, 7]);
    expect(merged.pages[1]?.next).toBe('b');
    expect(merged.pageParams).toEqual([null, 'n']);
  });

  it('takesOutWhatHasLeftTheFirstPageForElsewhere', () => {
    const merged = mergeRows(loaded, { items: [row(8, 40), row(7, 30)], next: 'n' }, new Set(), [], false);
    expect(ids(merged)).toEqual([8, 7, 6]);
  });

  it('takesOutAndPutsInWhatWasReadOneByOne', () => {
    const merged = mergeRows(loaded, { items: [row(9, 50), row(8, 40)], next: 'n' }, new Set([7, 5, 4]), [row(5, 25), row(4, 10)], false);
    // 4 lies below what is loaded, and comes with its page.
    expect(ids(merged)).toEqual([9, 8, 5, 6]);
  });

  it('beginsAnewWhenNothingOfTheOldIsLeftOnTheFirstPage', () => {
    const merged = mergeRows(loaded, { items: [row(20, 59), row(19, 58)], next: 'n' }, new Set(), [], false);
    expect(ids(merged)).toEqual([20, 19]);
  });

  it('isTheFirstPageWhereThereIsNoOther', () => {
    const merged = mergeRows(loaded, { items: [row(9, 50)], next: null }, new Set(), [], false);
    expect(ids(merged)).toEqual([9]);
  });
});

describe('mergeMessages', () => {
  const thread = {
    pages: [
      { items: [message(9), message(8)], next: 'a' },
      { items: [message(7), message(6)], next: 'b' },
    ],
    pageParams: [null, 'a'],
  };

  it('laysNewMessagesOverTheLoadedOnes', () => {
    const merged = mergeMessages(thread, { items: [message(10), message(9)], next: 'n' });
    expect(ids(merged)).toEqual([10, 9, 8, 7, 6]);
    expect(merged.pages[1]?.next).toBe('b');
  });

  it('forgetsAMessageThatWasTakenBack', () => {
    const merged = mergeMessages(thread, { items: [message(8), message(7)], next: 'n' });
    expect(ids(merged)).toEqual([8, 7, 6]);
  });
});
