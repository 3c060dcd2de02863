import type { Status } from '../../api/types';
import { t } from '../../platform/i18n';
import { chordOf } from '../../platform/keyboard';
import { meant } from '../../platform/keymap';
import { readStored, useStored } from '../../platform/stored';

/** What becomes of the conversation, and where the desk goes, once an answer is sent. */
export type Way = 'send' | 'resolve' | 'next' | 'open';

export const WAYS: Way[] = ['send', 'resolve', 'next', 'open'];

export const wayLabel = (way: Way) =>
  ({ send: t('Send'), resolve: t('Send and resolve'), next: t('Send and next'), open: t('Send and keep open') })[way];

export const wayHint = (way: Way) =>
  ({
    send: t('It waits for the customer.'),
    resolve: t('It is done.'),
    next: t('It waits for the customer; on to the next.'),
    open: t('It stays our turn.'),
  })[way];

export const STATUS_OF: Record<Way, Status> = { send: 'waiting', resolve: 'resolved', next: 'waiting', open: 'open' };

/** The way that leaves the conversation so. */
export const wayOf = (status: Status | null): Way => (status === 'resolved' ? 'resolve' : status === 'open' ? 'open' : 'send');

/** Each way has a key of its own; the usual one also has ⌘↵. */
export const CHORD_OF: Record<Way, string> = {
  send: 'mod+Enter',
  resolve: 'mod+shift+Enter',
  next: 'alt+Enter',
  open: 'alt+shift+Enter',
};
export const SNOOZE_CHORD = 'mod+shift+s';
export const LATER_CHORD = 'mod+shift+l';

/** As `chordOf`, which knows no Alt: elsewhere it only types. */
export function sendChord(event: KeyboardEvent): string | null {
  if (event.key !== 'Enter' || event.isComposing) return null;
  const mod = event.metaKey || event.ctrlKey;
  if (event.altKey && !mod) return event.shiftKey ? 'alt+shift+Enter' : 'alt+Enter';
  if (mod && !event.altKey) return event.shiftKey ? 'mod+shift+Enter' : 'mod+Enter';
  return null;
}

/** What a key means in the composer, where one alone is a letter. */
export function composerChord(event: KeyboardEvent): string {
  const pressed = sendChord(event) ?? chordOf(event);
  return /^(mod|alt)\+/.test(pressed) ? (meant(pressed) ?? '') : pressed;
}

const asWay = (stored: string): Way => WAYS.find((way) => way === stored) ?? 'send';

/** What the button and ⌘↵ do, remembered in this browser. */
export function useUsualWay(): [Way, (way: Way) => void] {
  const [stored, store] = useStored('sendWay', 'send');
  return [asWay(stored), store];
}

export const UNDO_CHOICES = [0, 5, 10, 20, 30];
const USUAL_UNDO = 10;

const asSeconds = (stored: string | null): number => {
  const seconds = Number(stored ?? USUAL_UNDO);
  return UNDO_CHOICES.includes(seconds) ? seconds : USUAL_UNDO;
};

/** How long nothing leaves after sending. */
export function undoSeconds(): number {
  return asSeconds(readStored('undoSeconds'));
}

export function useUndoSeconds(): [number, (seconds: number) => void] {
  const [stored, store] = useStored('undoSeconds', String(USUAL_UNDO));
  return [asSeconds(stored), (seconds) => store(String(seconds))];
}
