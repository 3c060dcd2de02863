import { createStore } from '../../platform/store';

/** Rows chosen in one list. With `all`, every row of it but those named. */
export interface Selection {
  /** The key of the list. */
  list: string;
  all: boolean;
  ids: ReadonlySet<number>;
  /** Where a range begins. */
  from: number | null;
}

export const NOTHING: Selection = { list: '', all: false, ids: new Set(), from: null };

const store = createStore<Selection>(NOTHING);

export function useSelection(list: string): Selection {
  const selection = store.use();
  return selection.list === list ? selection : NOTHING;
}

export function isSelected(selection: Selection, id: number): boolean {
  return selection.all !== selection.ids.has(id);
}

export function selectedCount(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size;
}

function current(list: string): Selection {
  const selection = store.get();
  return selection.list === list ? selection : { ...NOTHING, list };
}

export function toggle(list: string, id: number): void {
  const selection = current(list);
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  store.set(selection.all || ids.size > 0 ? { ...selection, ids, from: id } : NOTHING);
}

/** Adds all of them; the range goes on from where it began. */
export function select(list: string, ids: number[], from: number | null): void {
  const selection = current(list);
  const next = new Set(selection.ids);
  for (const id of ids) {
    if (selection.all) next.delete(id);
    else next.add(id);
  }
  store.set({ ...selection, ids: next, from: selection.from ?? from });
}

export function selectAll(list: string): void {
  store.set({ list, all: true, ids: new Set(), from: null });
}

export function clearSelection(): void {
  store.set(NOTHING);
}
