import { createStore } from '../../platform/store';

/** The thread on screen, for whoever wants to be led to a message of it: keys, links, the find bar. */
export interface ThreadView {
  conversationId: number;
  /** Brings a message into view, drawn. False where the conversation has none of that number. */
  reveal: (messageId: number, options?: { focus?: boolean; mark?: boolean; block?: ScrollLogicalPosition }) => Promise<boolean>;
  /** The numbers of what is loaded, from top to bottom. */
  messageIds: () => number[];
  /** Loads all there is. */
  loadAll: () => Promise<void>;
  toNewest: () => void;
  toFirstUnread: () => void;
}

export const threadView = createStore<ThreadView | null>(null);

/** The message that has the focus, or holds what has it. */
export function focusedMessage(): number | null {
  const id = document.activeElement?.closest<HTMLElement>('[data-message]')?.dataset.message;
  return id ? Number(id) : null;
}

export function messageElement(id: number): HTMLElement | null {
  return document.querySelector(`[data-message="${id}"]`);
}

/** The last message of which anything can be seen. */
function lastVisible(ids: number[]): number | null {
  const scroller = document.querySelector('[data-thread]')?.getBoundingClientRect();
  if (!scroller) return null;
  for (const id of [...ids].reverse()) {
    const top = messageElement(id)?.getBoundingClientRect().top;
    if (top !== undefined && top < scroller.bottom - 24) return id;
  }
  return ids[0] ?? null;
}

/** To the message after or before the one that has the focus; to the last one in sight where none has. */
export function walkMessages(step: 1 | -1): void {
  const view = threadView.get();
  if (!view) return;
  const ids = view.messageIds();
  const focused = focusedMessage();
  const to = focused === null ? lastVisible(ids) : ids[ids.indexOf(focused) + step];
  if (to !== undefined && to !== null) void view.reveal(to, { focus: true, block: 'nearest' });
}

/** Which message a key is meant for: the one with the focus, else the newest. */
export function meantMessage(): number | null {
  const ids = threadView.get()?.messageIds() ?? [];
  return focusedMessage() ?? ids[ids.length - 1] ?? null;
}
