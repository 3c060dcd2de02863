import { createStore } from '../../platform/store';

/** The message whose original is looked at. */
export const original = createStore<number | null>(null);
