import { createStore } from '../platform/store';

/** Whether the conditions of the list stand above it; `add`: and a new one is being chosen. */
export const filterOpen = createStore<'open' | 'add' | null>(null);

export type Picker = 'assign' | 'snooze' | 'priority' | 'tags' | null;

/** Which choice of the open conversation is being made. */
export const picker = createStore<Picker>(null);

export type Writing = { conversationId: number; kind: 'reply' | 'note' | 'forward'; focus: number; messageId?: number } | null;

/** Where the composer stands open. `focus` counts up to ask for the caret again. */
export const writing = createStore<Writing>(null);

let asked = 0;

export function write(conversationId: number, kind: 'reply' | 'note' | 'forward', messageId?: number): void {
  writing.set({ conversationId, kind, focus: ++asked, messageId });
}

export const customerDrawer = createStore(false);
