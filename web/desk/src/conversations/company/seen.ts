/** What has stood on the screen for less than this was not seen: nobody reads while they press the key that sends. */
const TO_SEE_MS = 1_000;

const seen = new Map<number, number>();
const waiting = new Map<number, ReturnType<typeof setTimeout>>();

/** The newest message of an open conversation. The first that is shown was seen: that is what was opened. */
export function shows(conversationId: number, messageId: number): void {
  clearTimeout(waiting.get(conversationId));
  if (messageId <= (seen.get(conversationId) ?? 0)) return;
  if (!seen.has(conversationId)) {
    seen.set(conversationId, messageId);
    return;
  }
  const look = () => {
    if (document.visibilityState === 'hidden') waiting.set(conversationId, setTimeout(look, TO_SEE_MS));
    else seen.set(conversationId, messageId);
  };
  waiting.set(conversationId, setTimeout(look, TO_SEE_MS));
}

/** Whoever decides in the light of it has seen it. */
export function saw(conversationId: number, messageId: number): void {
  clearTimeout(waiting.get(conversationId));
  seen.set(conversationId, Math.max(messageId, seen.get(conversationId) ?? 0));
}

/** It is not on the screen any more; opened again, what is new then is seen then. */
export function hides(conversationId: number): void {
  clearTimeout(waiting.get(conversationId));
  waiting.delete(conversationId);
  seen.delete(conversationId);
}

/** The newest message that whoever answers has seen; undefined where none is known. */
export function seenOf(conversationId: number): number | undefined {
  return seen.get(conversationId);
}
