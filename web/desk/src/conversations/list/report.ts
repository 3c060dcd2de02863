import type { BulkChange } from '../../api/types';
import { createStore } from '../../platform/store';

/** What could not be done of the last change, while somebody looks at it. */
export const report = createStore<BulkChange | null>(null);
