import { createStore } from '../../platform/store';

/** 0 while the find bar is closed; counts up each time that it is asked for. */
export const finding = createStore(0);
