import { describe, expect, it } from 'vitest';
import type { Message } from '../api/types';
import { mergeMessages } from './freshen';

const message = (id: number) => ({ id }) as Message;
const ids = (data: { pages: { items: { id: number }[] }[] }) => data.pages.flatMap((page) => page.items.map((each) => each.id));

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
