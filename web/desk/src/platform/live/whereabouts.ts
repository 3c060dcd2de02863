import type { Doing } from './company';

/** Without a touch for this long, an agent is away. */
export const IDLE_MS = 5 * 60_000;
/** Typing is said again this often while keys are pressed; the server forgets it after 7 s. */
export const TYPING_AGAIN_MS = 3_000;
const TYPING_ENDS_MS = 5_000;

let tell: ((message: object) => void) | null = null;
let looking: number | null = null;
let writing: { conversationId: number; doing: Doing } | null = null;
let idle = false;
let lastSaid = '';
let typingSaidAt = 0;
let typingEnds: ReturnType<typeof setTimeout> | undefined;
let idleBegins: ReturnType<typeof setTimeout> | undefined;
let touchedAt = 0;

/** Who carries it to the server; null while the line is down. */
export function tellThrough(send: ((message: object) => void) | null): void {
  tell = send;
  lastSaid = '';
  if (send) sayAgain();
}

function say(evenIfTheSame: boolean): void {
  const seen = idle || document.visibilityState === 'hidden' ? null : looking;
  const doing = seen !== null && writing?.conversationId === seen ? writing.doing : 'reading';
  const message = { type: 'here', ...(seen === null ? {} : { conversationId: seen, doing }), idle };
  const text = JSON.stringify(message);
  if (!evenIfTheSame && text === lastSaid) return;
  lastSaid = text;
  tell?.(message);
}

/** With each beat of the server: what is not said again is forgotten. */
export function sayAgain(): void {
  say(true);
}

/** Which conversation is open; null for none. */
export function lookAt(conversationId: number | null): void {
  looking = conversationId;
  say(false);
}

/** A key was pressed in an answer or a note. */
export function typing(conversationId: number, doing: Doing): void {
  const now = Date.now();
  const begun = writing?.conversationId !== conversationId || writing.doing !== doing;
  writing = { conversationId, doing };
  clearTimeout(typingEnds);
  typingEnds = setTimeout(stopTyping, TYPING_ENDS_MS);
  if (!begun && now - typingSaidAt < TYPING_AGAIN_MS) return;
  typingSaidAt = now;
  say(true);
}

/** It was sent, or put aside. */
export function stopTyping(): void {
  clearTimeout(typingEnds);
  if (!writing) return;
  writing = null;
  say(false);
}

/** Somebody moves at this desk. */
export function touched(): void {
  const now = Date.now();
  if (!idle && now - touchedAt < 5_000) return;
  touchedAt = now;
  clearTimeout(idleBegins);
  idleBegins = setTimeout(() => {
    idle = true;
    say(false);
  }, IDLE_MS);
  if (!idle) return;
  idle = false;
  say(false);
}

document.addEventListener('visibilitychange', () => say(false));
