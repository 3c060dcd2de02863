import type { BulkAction, BulkChange, BulkSelection, ConversationRow } from '../../api/types';
import { get, newKey, post, reasonOf, Unreachable } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { keys, type ListFilter, queryClient } from '../../platform/queries';
import { toast, updateToast } from '../../platform/toasts';
import { type RowPatch, showInCaches } from '../changes';
import { hold, release } from '../freshen';
import { report } from './report';
import { isSelected, type Selection } from './selection';

export interface ManyChange {
  action: BulkAction;
  /** How a row looks afterwards. */
  patch: (row: ConversationRow) => RowPatch;
  /** Said when it is done: "12 resolved". */
  done: (count: number) => string;
}

const TRIES = 5;
const ASK_MS = 350;
const HELD_MS = 3_000;

export function selectionOf(filter: ListFilter, selection: Selection): BulkSelection {
  const ids = [...selection.ids];
  if (!selection.all) return { ids };
  return { ...(filter.filter ? { conditions: filter.filter } : { view: filter.view }), brand: filter.brand, except: ids };
}

/** Shows the change at once on what is in sight, has the server do it to all, and says how far it is. */
export async function changeMany(filter: ListFilter, selection: Selection, loaded: ConversationRow[], change: ManyChange): Promise<void> {
  const rows = loaded.filter((row) => isSelected(selection, row.id));
  // What is read meanwhile shows the rows as they were; a change that takes long must not stop all reading, though.
  let held = true;
  const free = () => {
    if (held) release();
    held = false;
  };
  hold();
  const patience = setTimeout(free, HELD_MS);
  const busy = toast(t('Working…'), { forMs: Infinity });
  try {
    await queryClient.cancelQueries({ queryKey: keys.lists });
    for (const row of rows) showInCaches(row.id, change.patch(row));
    const begun = await patientlyPost('/bulk-changes', { select: selectionOf(filter, selection), action: change.action });
    const over = await follow(begun, busy);
    updateToast(busy, change.done(over.changed + over.unchanged), {
      action: over.changed > 0 ? { label: t('Undo'), chord: 'z', run: () => void undo(over.id) } : undefined,
    });
    tellRefused(over);
  } catch (error) {
    updateToast(busy, `${t('The change could not be made')}. ${reasonOf(error)}`, { tone: 'bad' });
  } finally {
    clearTimeout(patience);
    free();
    void queryClient.invalidateQueries({ queryKey: keys.lists });
    void queryClient.invalidateQueries({ queryKey: keys.counters });
    for (const row of rows) void queryClient.invalidateQueries({ queryKey: keys.conversation(row.id) });
  }
}

async function undo(id: number): Promise<void> {
  const busy = toast(t('Taking it back…'), { forMs: Infinity });
  try {
    const over = await follow(await patientlyPost(`/bulk-changes/${id}/undo`, {}), busy);
    updateToast(busy, plural(over.changed, '{n} conversation is as before', '{n} conversations are as before'));
    tellRefused(over);
  } catch (error) {
    updateToast(busy, `${t('It could not be taken back')}. ${reasonOf(error)}`, { tone: 'bad' });
  } finally {
    void queryClient.invalidateQueries({ queryKey: keys.lists });
    void queryClient.invalidateQueries({ queryKey: keys.counters });
  }
}

/** With the same key each time, so that a lost answer does nothing twice. */
async function patientlyPost(path: string, body: unknown): Promise<BulkChange> {
  const key = newKey();
  for (let attempt = 1; ; attempt++) {
    try {
      return await post<BulkChange>(path, body, key);
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt === TRIES) throw error;
      await wait(ASK_MS * 2 ** attempt);
    }
  }
}

async function follow(begun: BulkChange, busy: number): Promise<BulkChange> {
  let now = begun;
  let lost = 0;
  while (now.finishedAt === null) {
    await wait(ASK_MS);
    try {
      now = await get<BulkChange>(`/bulk-changes/${begun.id}`);
      lost = 0;
    } catch (error) {
      // The server goes on by itself, also through a restart: only our view of it is lost for a moment.
      if (!(error instanceof Unreachable) || ++lost > 60) throw error;
      continue;
    }
    const over = now.changed + now.unchanged + now.refused;
    updateToast(busy, t('{done} of {total}', { done: over.toLocaleString(), total: now.total.toLocaleString() }), {
      progress: now.total === 0 ? 1 : over / now.total,
      forMs: Infinity,
    });
  }
  return now;
}

function tellRefused(over: BulkChange): void {
  if (over.refused === 0) return;
  toast(plural(over.refused, '{n} conversation could not be changed', '{n} conversations could not be changed'), {
    tone: 'bad',
    action: { label: t('Show why'), run: () => report.set(over) },
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

