import { useSyncExternalStore } from 'react';
import { call, newKey } from '../http';
import { PREFIX, readStored, storedKeys, writeStored } from '../stored';
import { type Entry, type EntryStore, OutgoingQueue } from './queue';

let agentId = -1;
const prefix = () => `out.${agentId}.`;

// Kept beside localStorage, which may be full or switched off.
const memory = new Map<string, Entry>();

function parsed(text: string | null): Entry | null {
  try {
    return text === null ? null : (JSON.parse(text) as Entry);
  } catch {
    return null;
  }
}

/** One key for each entry, so that two tabs never write over each other's. */
const store: EntryStore = {
  all() {
    const kept = storedKeys(prefix())
      .map((key) => parsed(readStored(key)))
      .filter((entry) => entry !== null);
    const known = new Set(kept.map((entry) => entry.key));
    return [...kept, ...[...memory].filter(([key, entry]) => key.startsWith(prefix()) && !known.has(entry.key)).map(([, entry]) => entry)];
  },
  put(entry) {
    writeStored(prefix() + entry.key, JSON.stringify(entry));
    if (readStored(prefix() + entry.key) === null) memory.set(prefix() + entry.key, entry);
  },
  remove(key) {
    memory.delete(prefix() + key);
    writeStored(prefix() + key, null);
  },
};

/** The same after the page is loaded anew: what it had begun to send is its own. */
function tabName(): string {
  try {
    const known = sessionStorage.getItem('shopbell.tab');
    if (known) return known;
    const made = newKey();
    sessionStorage.setItem('shopbell.tab', made);
    return made;
  } catch {
    return newKey();
  }
}

/** Locks are absent on plain http; there the Idempotency-Key alone sees to it that nothing is done twice. */
async function exclusively(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request('shopbell outgoing', { ifAvailable: true }, (lock) => (lock ? work() : Promise.resolve()));
}

export const outgoing = new OutgoingQueue({
  store,
  call: (entry) =>
    call(entry.method, entry.path, { body: entry.body, idempotencyKey: entry.method === 'POST' ? entry.key : undefined }),
  exclusively,
  tab: tabName(),
  now: Date.now,
});

/** Whose desk this is. What others left here waits for them. */
export function openOutgoing(agent: number): () => void {
  agentId = agent;
  outgoing.changed();
  const hurry = () => outgoing.hurry();
  const onStorage = (event: StorageEvent) => {
    if (event.key === null || event.key.startsWith(PREFIX + prefix())) outgoing.changed();
  };
  window.addEventListener('online', hurry);
  window.addEventListener('storage', onStorage);
  hurry();
  return () => {
    window.removeEventListener('online', hurry);
    window.removeEventListener('storage', onStorage);
  };
}

export function useOutgoing(): Entry[] {
  return useSyncExternalStore(outgoing.subscribe, () => outgoing.entries());
}

/** Whether the words under this key are on their way or wait for it: then they are no draft. */
export function isOutgoing(key: string): boolean {
  return outgoing.entries().some((entry) => entry.key === key);
}
