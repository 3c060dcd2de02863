import { createStore } from '../store';

/** Whether the list of what waits to be sent stands open. */
export const listOpen = createStore(false);
