import type { Fact } from '../../api/types';
import type { CompanyFrame } from './company';

export type LiveState = 'connecting' | 'live' | 'lost';

export interface LiveHandlers {
  /** Everything the connection delivered, in order. */
  onFact: (fact: Fact) => void;
  /** What is cached may be stale in unknown places: fetch it all again. */
  onReset: () => void;
  onState: (state: LiveState) => void;
  /** Who else is there, and where. */
  onCompany: (frame: CompanyFrame) => void;
  /** The server wants to hear that this desk is still there. */
  onBeat: () => void;
}

/** The part of a WebSocket that is used, so that tests can stand in for it. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
  close(): void;
}

type Incoming = Fact | CompanyFrame | { type: 'hello' | 'beat' | 'reset'; cursor: string };

/** The server beats every 15 s; this much silence means the line is dead although nobody said so. */
export const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Half of the wait is fixed, half is chance: a restarted server is not met by every desk at once. */
export function backOff(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * chance;
}

/**
 * Keeps one connection open for as long as it is started, and resumes after the last fact it has seen, so that
 * nothing is missed while the line was down.
 */
export class LiveClient {
  private socket: Socket | null = null;
  private cursor: string | null = null;
  private attempt = 0;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private greeted = false;

  constructor(
    private readonly open: () => Socket,
    private readonly handlers: LiveHandlers,
    private readonly chance: () => number = Math.random,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.connect();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.retry);
    this.drop();
  }

  /** The network is said to be back, or the tab is seen again: do not sit out the wait. */
  hurry(): void {
    if (!this.running || this.socket) return;
    clearTimeout(this.retry);
    this.attempt = 0;
    this.connect();
  }

  /** Lost while the line is down: it is worth nothing later. */
  say(message: object): void {
    if (this.greeted) this.socket?.send(JSON.stringify(message));
  }

  private connect(): void {
    this.handlers.onState(this.attempt === 0 && this.cursor === null ? 'connecting' : 'lost');
    let socket: Socket;
    try {
      socket = this.open();
    } catch {
      this.retryLater();
      return;
    }
    this.socket = socket;
    this.listenForSilence();
    socket.onopen = () => {
      if (this.cursor !== null) socket.send(JSON.stringify({ type: 'resume', after: this.cursor }));
    };
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.drop();
      this.retryLater();
    };
  }

  private receive(data: unknown): void {
    this.listenForSilence();
    const incoming = parse(data);
    if (!incoming) return;
    switch (incoming.type) {
      case 'hello':
        // On a resumed line the greeting names the newest fact, not the last one seen: taking it would skip those
        // still to come if the line fell again halfway.
        if (this.cursor === null) {
          this.cursor = incoming.cursor;
          this.handlers.onReset();
        }
        this.attempt = 0;
        this.greeted = true;
        this.handlers.onState('live');
        break;
      case 'company':
        this.handlers.onCompany(incoming);
        break;
      case 'fact':
        this.cursor = incoming.cursor;
        this.handlers.onFact(incoming);
        break;
      case 'reset':
        this.cursor = incoming.cursor;
        this.handlers.onReset();
        break;
      case 'beat':
        this.cursor = incoming.cursor;
        this.handlers.onBeat();
        break;
    }
  }

  private listenForSilence(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.drop();
      this.retryLater();
    }, SILENCE_MS);
  }

  private drop(): void {
    clearTimeout(this.silence);
    this.greeted = false;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private retryLater(): void {
    if (!this.running) return;
    this.handlers.onState('lost');
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), backOff(this.attempt++, this.chance()));
  }
}

function parse(data: unknown): Incoming | null {
  try {
    return JSON.parse(String(data)) as Incoming;
  } catch {
    return null;
  }
}
