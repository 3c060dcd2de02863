import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, Unreachable } from '../http';
import { type Entry, type EntryStore, type NewEntry, OutgoingQueue } from './queue';

function memoryStore(entries = new Map<string, Entry>()): EntryStore {
  return {
    all: () => [...entries.values()],
    put: (entry) => void entries.set(entry.key, entry),
    remove: (key) => void entries.delete(key),
  };
}

interface Server {
  up: boolean;
  got: string[];
  refuses: Map<string, Refusal>;
}

function desk(server: Server, store = memoryStore(), tab = 'tab', cares = true) {
  const queue = new OutgoingQueue({
    store,
    tab,
    now: Date.now,
    exclusively: (work) => work(),
    call: async (entry) => {
      await Promise.resolve();
      if (!server.up) throw new Unreachable();
      const refusal = server.refuses.get(entry.key);
      if (refusal) throw refusal;
      server.got.push(entry.key);
      return `answer to ${entry.key}`;
    },
  });
  const kind = { sent: vi.fn(), refused: vi.fn(() => false) };
  if (cares) queue.care('message', kind);
  return { queue, kind };
}

const message = (key: string, lane = 'a', more: Partial<NewEntry> = {}): NewEntry => ({
  key,
  lane,
  kind: 'message',
  method: 'POST',
  path: `/${key}`,
  body: { text: key, seen: 1 },
  what: key,
  excerpt: '',
  conversationId: 1,
  keep: null,
  ...more,
});

const conflict = (field?: string) => new Refusal(409, { detail: 'Mia has answered.', errors: field ? [{ field, message: 'newer' }] : [] } as never, null);

describe('OutgoingQueue', () => {
  let server: Server;
  beforeEach(() => {
    vi.useFakeTimers();
    server = { up: true, got: [], refuses: new Map() };
  });
  afterEach(() => vi.useRealTimers());

  it('sendsAtOnceWhereTheServerIsThere', async () => {
    const { queue } = desk(server);
    expect(await queue.deliver(message('one'))).toEqual({ sent: 'answer to one' });
    expect(queue.entries()).toEqual([]);
  });

  it('keepsWhatCannotBeSentAndSendsItInOrderOnce', async () => {
    const { queue, kind } = desk(server);
    server.up = false;
    for (const key of ['one', 'two', 'three']) expect(await queue.deliver(message(key, key))).toBe('waiting');
    expect(queue.entries().map((each) => each.key)).toEqual(['one', 'two', 'three']);
    await vi.advanceTimersByTimeAsync(60_000);
    server.up = true;
    await vi.advanceTimersByTimeAsync(16_000);
    expect(server.got).toEqual(['one', 'two', 'three']);
    expect(queue.entries()).toEqual([]);
    expect(kind.sent).toHaveBeenCalledTimes(3);
  });

  it('outlivesThePage', async () => {
    const store = memoryStore();
    server.up = false;
    await desk(server, store).queue.deliver(message('one'));
    vi.clearAllTimers();
    server.up = true;
    const { queue, kind } = desk(server, store);
    queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['one']);
    expect(kind.sent).toHaveBeenCalledOnce();
  });

  it('leavesWhatNobodyCaresForYetUntilSomebodyDoes', async () => {
    const store = memoryStore();
    server.up = false;
    await desk(server, store).queue.deliver(message('one'));
    vi.clearAllTimers();
    server.up = true;
    const { queue, kind } = desk(server, store, 'tab', false);
    queue.hurry();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.got).toEqual([]);
    queue.care('message', kind);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['one']);
    expect(kind.sent).toHaveBeenCalledOnce();
  });

  it('takesUpAtOnceWhatThisTabWasJustSendingWhenItDied', async () => {
    const store = memoryStore();
    void new OutgoingQueue({ store, tab: 'tab', now: Date.now, exclusively: (work) => work(), call: () => new Promise(() => undefined) }).deliver(message('one'));
    expect(store.all()[0]?.state).toBe('sending');
    const other = desk(server, store, 'another tab').queue;
    other.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual([]);
    desk(server, store).queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['one']);
  });

  it('sendsWhatAnotherTabLeftBehindOnceThatTabMustHaveHadItsAnswer', async () => {
    const store = memoryStore();
    void new OutgoingQueue({ store, tab: 'dead', now: Date.now, exclusively: (work) => work(), call: () => new Promise(() => undefined) }).deliver(message('one'));
    const { queue } = desk(server, store);
    queue.hurry();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(server.got).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['one']);
  });

  it('lookedAtFromTwoTabsIsSentByOneOfThem', async () => {
    const store = memoryStore();
    let busy = false;
    const tab = (name: string) => {
      const queue = new OutgoingQueue({
        store,
        tab: name,
        now: Date.now,
        exclusively: async (work) => {
          if (busy) return;
          busy = true;
          await work().finally(() => (busy = false));
        },
        call: async (entry) => {
          await Promise.resolve();
          if (!server.up) throw new Unreachable();
          server.got.push(entry.key);
        },
      });
      queue.care('message', { sent: () => undefined, refused: () => false });
      return queue;
    };
    const [one, two] = [tab('one'), tab('two')];
    server.up = false;
    await one.deliver(message('a', 'a'));
    await two.deliver(message('b', 'b'));
    server.up = true;
    one.changed();
    two.changed();
    one.hurry();
    two.hurry();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.got.sort()).toEqual(['a', 'b']);
  });

  it('throwsARefusalToWhoeverWaitsForIt', async () => {
    const { queue } = desk(server);
    server.refuses.set('one', conflict());
    await expect(queue.deliver(message('one'))).rejects.toThrow('Mia has answered.');
    expect(queue.entries()).toEqual([]);
  });

  it('keepsWhatIsRefusedLaterWithItsReasonAndHoldsItsLane', async () => {
    const { queue } = desk(server);
    server.up = false;
    await queue.deliver(message('one', 'a'));
    await queue.deliver(message('two', 'a'));
    await queue.deliver(message('three', 'b'));
    server.up = true;
    server.refuses.set('one', conflict('seen'));
    queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['three']);
    expect(queue.entries().map(({ key, state, reason, field }) => [key, state, reason, field])).toEqual([
      ['one', 'refused', 'Mia has answered.', 'seen'],
      ['two', 'waiting', null, null],
    ]);
    server.refuses.clear();
    queue.again('one', { text: 'one' });
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['three', 'one', 'two']);
  });

  it('sendsNothingThatWasTakenOut', async () => {
    const { queue } = desk(server);
    server.up = false;
    await queue.deliver(message('one'));
    await queue.deliver(message('two'));
    expect(queue.take('one')?.body).toEqual({ text: 'one', seen: 1 });
    server.up = true;
    queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['two']);
  });

  it('ofTwoWaitingChangesOfTheSameThingOnlyTheLastIsMade', async () => {
    const { queue } = desk(server);
    server.up = false;
    await queue.deliver(message('open', 'a', { method: 'PUT', path: '/status' }));
    await queue.deliver(message('tag', 'a', { method: 'PUT', path: '/tags' }));
    await queue.deliver(message('resolved', 'a', { method: 'PUT', path: '/status' }));
    server.up = true;
    queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['tag', 'resolved']);
  });

  it('waitsForThoseBeforeItInItsLane', async () => {
    const { queue } = desk(server);
    const [one, two] = await Promise.all([queue.deliver(message('one')), queue.deliver(message('two'))]);
    expect([one, two]).toEqual([{ sent: 'answer to one' }, { sent: 'answer to two' }]);
    expect(server.got).toEqual(['one', 'two']);
  });

  it('losesNothingWhileTheSessionIsOver', async () => {
    const { queue } = desk(server);
    server.refuses.set('one', new Refusal(401, {} as never, null));
    expect(await queue.deliver(message('one'))).toBe('waiting');
    server.refuses.clear();
    queue.hurry();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got).toEqual(['one']);
  });
});
