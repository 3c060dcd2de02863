import { Refusal, Unreachable } from '../http';

/** Something that is to reach the server once, now or as soon as it can be reached. */
export interface Entry {
  /** The Idempotency-Key: however often it is tried, it is done once. */
  key: string;
  /** What must stay in order, and waits where one before it waits: a conversation. */
  lane: string;
  /** Whose it is: who is told how it ended, also after the page was loaded anew. */
  kind: string;
  method: 'POST' | 'PUT';
  path: string;
  body: unknown;
  /** For people, in their language: "Answer to Anna Lee". */
  what: string;
  /** The beginning of the words. */
  excerpt: string;
  conversationId: number | null;
  /** What its kind needs to take it back or to show it. */
  keep: unknown;
  at: number;
  state: 'sending' | 'waiting' | 'refused';
  /** Where it is being sent just now: which tab, and when that tab must have had an answer. */
  by: string | null;
  byUntil: number;
  /** Why it was refused, and the field that was to blame. */
  reason: string | null;
  field: string | null;
}

export type NewEntry = Pick<Entry, 'key' | 'lane' | 'kind' | 'method' | 'path' | 'body' | 'what' | 'excerpt' | 'conversationId' | 'keep'>;

/** How things of one kind end when nobody waits for the answer any more. */
export interface Kind {
  sent: (entry: Entry, answer: unknown) => void;
  /** True to let go of it; otherwise it stays, with the reason, until somebody decides. */
  refused: (entry: Entry, error: Refusal) => boolean;
}

export interface EntryStore {
  all(): Entry[];
  put(entry: Entry): void;
  remove(key: string): void;
}

export interface Surroundings {
  store: EntryStore;
  call: (entry: Entry) => Promise<unknown>;
  /** Runs the work unless another tab of this browser is at it. */
  exclusively: (work: () => Promise<void>) => Promise<void>;
  /** This tab, the same before and after it is loaded anew. */
  tab: string;
  now: () => number;
}

export type Outcome<T> = { sent: T } | 'waiting';

/** Longer than a request may take. */
const HELD_MS = 35_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** The server may be reached in a moment: nothing was said of what was asked. */
function passing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refusal && [401, 429, 503].includes(error.status));
}

/**
 * Everything that waits to be sent, in order. What cannot be sent now stays in the store, which outlives the page, and
 * goes out when the server is back. Several tabs share one store.
 */
export class OutgoingQueue {
  private readonly kinds = new Map<string, Kind>();
  private readonly listeners = new Set<() => void>();
  /** What this tab is sending, or about to. */
  private readonly mine = new Set<string>();
  private readonly lanes = new Map<string, Promise<unknown>>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private flushing = false;
  private asked = false;
  private shown: Entry[] | null = null;

  constructor(private readonly around: Surroundings) {}

  /** In the order in which they are sent. */
  entries(): Entry[] {
    this.shown ??= this.around.store.all().sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    return this.shown;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Another tab has changed the store. */
  changed(): void {
    this.shown = null;
    this.listeners.forEach((each) => each());
  }

  /** What waits of a kind is sent once somebody cares for how that ends. */
  care(kind: string, how: Kind): void {
    this.kinds.set(kind, how);
    void this.flush();
  }

  /**
   * Sends it now, or keeps it until it can be sent. Refusals are thrown: then it is not kept.
   */
  deliver<T>(wanted: NewEntry): Promise<Outcome<T>> {
    const all = this.entries();
    const entry: Entry = {
      ...wanted,
      // A clock that went back must not put it before what it follows.
      at: Math.max(this.around.now(), (all.at(-1)?.at ?? 0) + 1),
      state: 'sending',
      by: this.around.tab,
      byUntil: this.around.now() + HELD_MS,
      reason: null,
      field: null,
    };
    this.mine.add(entry.key);
    this.put(entry);
    const before = this.lanes.get(entry.lane) ?? Promise.resolve();
    const run = before.then(
      () => this.attempt<T>(entry),
      () => this.attempt<T>(entry),
    );
    this.lanes.set(entry.lane, run);
    const done = () => {
      this.mine.delete(entry.key);
      if (this.lanes.get(entry.lane) === run) this.lanes.delete(entry.lane);
    };
    run.then(done, done);
    return run;
  }

  private async attempt<T>(entry: Entry): Promise<Outcome<T>> {
    const before = this.entries().filter((each) => each.lane === entry.lane && each.at < entry.at);
    // Of two changes of the same thing the later one says all.
    const outdated = before.filter((each) => each.state === 'waiting' && each.method === 'PUT' && each.method === entry.method && each.path === entry.path);
    for (const each of outdated) this.remove(each.key);
    if (before.length > outdated.length) {
      this.wait(entry);
      this.mine.delete(entry.key);
      void this.flush();
      return 'waiting';
    }
    try {
      const sent = (await this.around.call(entry)) as T;
      this.remove(entry.key);
      return { sent };
    } catch (error) {
      if (passing(error)) {
        this.wait(entry);
        this.retryLater();
        return 'waiting';
      }
      this.remove(entry.key);
      throw error;
    }
  }

  /** Takes it out; what was not sent yet is not sent. */
  take(key: string): Entry | null {
    const entry = this.entries().find((each) => each.key === key);
    if (!entry || entry.state === 'sending') return null;
    this.remove(key);
    return entry;
  }

  put(entry: Entry): void {
    this.around.store.put(entry);
    this.changed();
  }

  /** Tried again although it was refused, perhaps in other words. */
  again(key: string, body: unknown): void {
    const entry = this.entries().find((each) => each.key === key);
    if (!entry) return;
    this.wait({ ...entry, body });
    this.hurry();
  }

  /** The server is said to be there: do not sit out the wait. */
  hurry(): void {
    clearTimeout(this.timer);
    this.tries = 0;
    this.asked = this.flushing;
    void this.flush();
  }

  /** Sends what waits, one after the other, until the server cannot be reached. */
  async flush(): Promise<void> {
    if (this.flushing || !this.entries().some((each) => this.isDue(each))) return;
    this.flushing = true;
    let away = false;
    try {
      await this.around.exclusively(async () => {
        const stuck = new Set<string>();
        this.changed();
        // Read anew each time: meanwhile one may have been taken out, in this tab or another.
        for (let next = this.next(stuck); next && !away; next = this.next(stuck)) away = !(await this.try(next, stuck));
      });
    } finally {
      this.flushing = false;
    }
    if (this.asked) {
      this.asked = false;
      await this.flush();
    } else if (away || this.entries().some((each) => each.state !== 'refused' && !this.mine.has(each.key))) this.retryLater();
  }

  private isDue(entry: Entry): boolean {
    if (!this.kinds.has(entry.kind)) return false;
    if (entry.state === 'waiting') return true;
    // Left behind by a page that is gone, or by this tab before it was loaded anew.
    return entry.state === 'sending' && !this.mine.has(entry.key) && (entry.by === this.around.tab || entry.byUntil < this.around.now());
  }

  private next(stuck: Set<string>): Entry | null {
    for (const entry of this.entries()) {
      if (stuck.has(entry.lane)) continue;
      if (this.isDue(entry)) return entry;
      stuck.add(entry.lane);
    }
    return null;
  }

  /** False where the server cannot be reached. */
  private async try(entry: Entry, stuck: Set<string>): Promise<boolean> {
    const sending: Entry = { ...entry, state: 'sending', by: this.around.tab, byUntil: this.around.now() + HELD_MS };
    this.put(sending);
    this.mine.add(entry.key);
    try {
      const answer = await this.around.call(sending);
      this.tries = 0;
      this.remove(entry.key);
      this.kinds.get(entry.kind)?.sent(entry, answer);
    } catch (error) {
      if (!(error instanceof Refusal) || passing(error)) {
        this.wait(entry);
        return false;
      }
      if (this.kinds.get(entry.kind)?.refused(entry, error)) this.remove(entry.key);
      else {
        this.put({ ...entry, state: 'refused', by: null, reason: error.message, field: Object.keys(error.fields)[0] ?? null });
        stuck.add(entry.lane);
      }
    } finally {
      this.mine.delete(entry.key);
    }
    return true;
  }

  private wait(entry: Entry): void {
    this.put({ ...entry, state: 'waiting', by: null, reason: null, field: null });
  }

  private remove(key: string): void {
    this.around.store.remove(key);
    this.changed();
  }

  private retryLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.tries++));
  }
}
