import type { ConversationEvent, Message } from '../../api/types';

/** What stands in a conversation from top to bottom. */
export type Piece =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'later'; key: string }
  | { kind: 'message'; key: string; message: Message; follows: boolean }
  | { kind: 'events'; key: string; events: ConversationEvent[] };

/** So close together, messages of one author read as one. */
const TOGETHER_MS = 60 * 60_000;

const isToCome = ({ delivery }: Message) => delivery?.state === 'scheduled' || delivery?.state === 'held';
const leaves = ({ delivery }: Message) => Date.parse(delivery?.scheduledFor ?? '') || 0;

function author({ direction, agent, from }: Message): string {
  return direction === 'inbound' ? `customer ${from.address ?? from.name ?? ''}` : `${direction} ${agent?.id ?? ''}`;
}

function dayKey(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

function isTogether(before: Message, after: Message): boolean {
  const passed = Date.parse(after.receivedAt) - Date.parse(before.receivedAt);
  const plain = after.purpose === null || after.purpose === 'reply';
  return plain && author(before) === author(after) && passed >= 0 && passed < TOGETHER_MS;
}

/** The first message that the reader has not seen and did not write; null where all is seen, or nothing was yet. */
export function firstUnread(messages: Message[], seenTo: number | null, me: number): Message | null {
  if (seenTo === null) return null;
  return messages.find((message) => message.id > seenTo && message.agent?.id !== me && !isToCome(message)) ?? null;
}

/**
 * Messages in the order in which they came, what is to leave later last, with what happened between them, each day under its own
 * line. Events older than the oldest loaded message wait for it.
 */
export function weave(messages: Message[], events: ConversationEvent[], complete: boolean, unread: Message | null): Piece[] {
  const since = complete ? 0 : Date.parse(messages[0]?.receivedAt ?? '');
  const told = events.filter(
    (event) => event.name.startsWith('Conversation') && event.name !== 'ConversationStarted' && Date.parse(event.at) >= since,
  );
  const pieces: Piece[] = [];
  let day = '';
  let last: Message | null = null;
  let at = 0;
  const begin = (instant: string) => {
    if (dayKey(instant) === day) return;
    day = dayKey(instant);
    last = null;
    pieces.push({ kind: 'day', key: `d${day}-${pieces.length}`, at: instant });
  };
  const takeUntil = (time: number) => {
    let taken: ConversationEvent[] = [];
    const put = () => {
      if (taken[0]) pieces.push({ kind: 'events', key: `e${taken[0].id}`, events: taken });
      taken = [];
    };
    for (let event = told[at]; event && Date.parse(event.at) < time; event = told[++at]) {
      if (dayKey(event.at) !== day) {
        put();
        begin(event.at);
      }
      last = null;
      taken.push(event);
    }
    put();
  };
  for (const message of messages.filter((each) => !isToCome(each))) {
    takeUntil(Date.parse(message.receivedAt));
    begin(message.receivedAt);
    if (message === unread) {
      pieces.push({ kind: 'new', key: 'new' });
      last = null;
    }
    pieces.push({ kind: 'message', key: `m${message.id}`, message, follows: last !== null && isTogether(last, message) });
    last = message;
  }
  takeUntil(Number.POSITIVE_INFINITY);
  const toCome = messages.filter(isToCome).sort((a, b) => leaves(a) - leaves(b));
  if (toCome.length > 0) pieces.push({ kind: 'later', key: 'later' });
  for (const message of toCome) pieces.push({ kind: 'message', key: `m${message.id}`, message, follows: false });
  return pieces;
}

/** About how high a message will be, so that what is not drawn yet takes its place. In pixels. */
export function guessedHeight(piece: Piece): number {
  if (piece.kind === 'day' || piece.kind === 'new' || piece.kind === 'later') return 24;
  if (piece.kind === 'events') return 24 * Math.min(2, piece.events.length);
  const { message } = piece;
  const words = message.direction === 'inbound' ? message.ownText : message.text;
  const lines = words.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 90), 0);
  const pictures = message.attachments.some((file) => !file.inline) ? 160 : 0;
  return (piece.follows ? 32 : 72) + Math.min(40, lines) * 22 + pictures;
}

/** From which piece on they are drawn at once: as many of the newest as fill a pane of that height, which is seen at its end. */
export function atOnce(pieces: Piece[], height: number): number {
  let index = pieces.length;
  for (let filled = 0; index > 0 && filled < height; index--) filled += guessedHeight(pieces[index - 1] as Piece);
  return index;
}
