import { describe, expect, it } from 'vitest';
import type { ConversationEvent, Message } from '../../api/types';
import { atOnce, firstUnread, guessedHeight, weave } from './pieces';

function message(id: number, at: string, more: Partial<Message> = {}): Message {
  return {
    id,
    receivedAt: at,
    direction: 'inbound',
    from: { name: 'Anna', address: 'anna@shop.example' },
    agent: null,
    delivery: null,
    purpose: null,
    ownText: 'Where is my parcel?',
    attachments: [],
    ...more,
  } as unknown as Message;
}

const event = (id: number, at: string) => ({ id, name: 'ConversationAssigned', at }) as unknown as ConversationEvent;
const shape = (pieces: ReturnType<typeof weave>) =>
  pieces.map((piece) => (piece.kind === 'message' ? `${piece.message.id}${piece.follows ? ' follows' : ''}` : piece.kind));

describe('weave', () => {
  it('groupsWhatOneAuthorWroteInOneGo', () => {
    const pieces = weave(
      [
        message(1, '2026-03-01T10:00:00Z'),
        message(2, '2026-03-01T10:05:00Z'),
        message(3, '2026-03-01T12:00:00Z'),
        message(4, '2026-03-01T12:01:00Z', { from: { name: 'Bert', address: 'bert@shop.example' } }),
        message(5, '2026-03-01T12:02:00Z', { direction: 'note' }),
      ],
      [],
      true,
      null,
    );
    expect(shape(pieces)).toEqual(['day', '1', '2 follows', '3', '4', '5']);
  });

  it('separatesDaysAndWhatHappenedBetween', () => {
    const pieces = weave(
      [message(1, '2026-03-01T10:00:00Z'), message(2, '2026-03-01T10:05:00Z'), message(3, '2026-03-03T10:00:00Z')],
      [event(1, '2026-03-01T10:01:00Z'), event(2, '2026-03-02T10:00:00Z'), event(3, '2026-03-03T12:00:00Z')],
      true,
      null,
    );
    expect(shape(pieces)).toEqual(['day', '1', 'events', '2', 'day', 'events', 'day', '3', 'events']);
  });

  it('keepsEventsBackThatAreOlderThanWhatIsLoaded', () => {
    const pieces = weave([message(9, '2026-03-03T10:00:00Z')], [event(1, '2026-03-01T10:01:00Z')], false, null);
    expect(shape(pieces)).toEqual(['day', '9']);
  });

  it('putsWhatIsStillToLeaveLast', () => {
    const scheduled = (id: number, when: string) =>
      message(id, '2026-03-01T10:00:00Z', { delivery: { state: 'scheduled', scheduledFor: when } as Message['delivery'] });
    const pieces = weave(
      [scheduled(1, '2026-03-09T00:00:00Z'), scheduled(2, '2026-03-08T00:00:00Z'), message(3, '2026-03-01T11:00:00Z')],
      [],
      true,
      null,
    );
    expect(shape(pieces)).toEqual(['day', '3', 'later', '2', '1']);
  });

  it('drawsALineBeforeWhatIsNew', () => {
    const messages = [message(1, '2026-03-01T10:00:00Z'), message(2, '2026-03-01T10:05:00Z')];
    expect(shape(weave(messages, [], true, messages[1]!))).toEqual(['day', '1', 'new', '2']);
  });
});

describe('firstUnread', () => {
  const messages = [
    message(1, '2026-03-01T10:00:00Z'),
    message(2, '2026-03-01T10:05:00Z', { direction: 'outbound', agent: { id: 7, name: 'Mia' } }),
    message(3, '2026-03-01T10:06:00Z'),
  ];

  it('isTheFirstAfterTheMarkThatIsNotOnesOwn', () => {
    expect(firstUnread(messages, 1, 7)?.id).toBe(3);
    expect(firstUnread(messages, 1, 8)?.id).toBe(2);
    expect(firstUnread(messages, 0, 7)?.id).toBe(1);
  });

  it('isNothingWhereAllIsSeenOrNothingWas', () => {
    expect(firstUnread(messages, 3, 7)).toBeNull();
    expect(firstUnread(messages, null, 7)).toBeNull();
  });
});

describe('atOnce', () => {
  const pieces = weave(Array.from({ length: 20 }, (_, place) => message(place + 1, `2026-03-${10 + place}T10:00:00Z`)), [], true, null);

  it('drawsTheNewestThatFillThePane', () => {
    const first = atOnce(pieces, 500);
    const drawn = pieces.slice(first).reduce((sum, piece) => sum + guessedHeight(piece), 0);
    expect(drawn).toBeGreaterThanOrEqual(500);
    expect(drawn - guessedHeight(pieces[first]!)).toBeLessThan(500);
  });

  it('drawsAllWhereTheyFillNoPane', () => {
    expect(atOnce(pieces, 100_000)).toBe(0);
    expect(atOnce([], 500)).toBe(0);
  });
});
