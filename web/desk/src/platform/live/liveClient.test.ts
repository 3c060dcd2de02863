import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backOff, LiveClient, SILENCE_MS, type Socket } from './liveClient';

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: string[] = [];
  closed = false;
  send(data: string) {
    this.sent.push(data);
  }
  close() {
    this.closed = true;
  }
  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function setUp() {
  const sockets: FakeSocket[] = [];
  const handlers = { onFact: vi.fn(), onReset: vi.fn(), onState: vi.fn(), onCompany: vi.fn(), onBeat: vi.fn() };
  const client = new LiveClient(
    () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    handlers,
    () => 0.5,
  );
  const last = () => sockets[sockets.length - 1]!;
  return { client, handlers, sockets, last };
}

const fact = (cursor: string) => ({ type: 'fact', cursor, name: 'MessageReceived', conversationId: 1 });

describe('LiveClient', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('resumesAfterTheLastFactItHasSeen', () => {
    const { client, last, sockets } = setUp();
    client.start();
    last().onopen?.();
    expect(last().sent).toEqual([]);
    last().says({ type: 'hello', cursor: '10' });
    last().says(fact('12'));
    last().onclose?.();
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
    last().onopen?.();
    expect(JSON.parse(last().sent[0]!)).toEqual({ type: 'resume', after: '12' });
  });

  it('doesNotSkipFactsWhenTheLineFallsHalfwayThroughAResume', () => {
    const { client, last } = setUp();
    client.start();
    last().says({ type: 'hello', cursor: '10' });
    last().onclose?.();
    vi.advanceTimersByTime(1_000);
    last().says({ type: 'hello', cursor: '99' });
    last().says(fact('11'));
    last().onclose?.();
    vi.advanceTimersByTime(1_000);
    last().onopen?.();
    expect(JSON.parse(last().sent[0]!)).toEqual({ type: 'resume', after: '11' });
  });

  it('takesSilenceForADeadLine', () => {
    const { client, last, sockets, handlers } = setUp();
    client.start();
    last().says({ type: 'hello', cursor: '1' });
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(handlers.onState).toHaveBeenLastCalledWith('live');
    vi.advanceTimersByTime(1);
    expect(handlers.onState).toHaveBeenLastCalledWith('lost');
    expect(sockets[0]!.closed).toBe(true);
  });

  it('isKeptAwakeByBeats', () => {
    const { client, last, sockets } = setUp();
    client.start();
    for (let i = 0; i < 10; i++) {
      vi.advanceTimersByTime(15_000);
      last().says({ type: 'beat', cursor: String(i) });
    }
    expect(sockets).toHaveLength(1);
  });

  it('fetchesEverythingAgainWhenTheServerSaysReset', () => {
    const { client, last, handlers } = setUp();
    client.start();
    last().says({ type: 'hello', cursor: '1' });
    handlers.onReset.mockClear();
    last().says({ type: 'reset', cursor: '500' });
    expect(handlers.onReset).toHaveBeenCalledOnce();
  });

  it('tellsOfCompanyWithoutMovingItsCursor', () => {
    const { client, last, handlers } = setUp();
    client.start();
    last().says({ type: 'hello', cursor: '7' });
    last().says({ type: 'company', whole: true, agents: [], conversations: [] });
    expect(handlers.onCompany).toHaveBeenCalledOnce();
    last().onclose?.();
    vi.advanceTimersByTime(1_000);
    last().onopen?.();
    expect(JSON.parse(last().sent[0]!)).toEqual({ type: 'resume', after: '7' });
  });

  it('saysNothingBeforeItIsGreeted', () => {
    const { client, last } = setUp();
    client.start();
    client.say({ type: 'here' });
    expect(last().sent).toEqual([]);
    last().says({ type: 'hello', cursor: '7' });
    client.say({ type: 'here' });
    expect(last().sent).toEqual(['{"type":"here"}']);
  });

  it('staysAwayOnceStopped', () => {
    const { client, last, sockets } = setUp();
    client.start();
    client.stop();
    last().onclose?.();
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
  });

  it('waitsLongerEachTimeUpToAHalfMinute', () => {
    expect(backOff(0, 0)).toBe(250);
    expect(backOff(3, 1)).toBe(4_000);
    expect(backOff(30, 1)).toBe(30_000);
  });
});
