import type { Conversation, Draft as ServerDraft, DraftRow, Page } from '../../api/types';
import { call, del, newKey, Refusal } from '../../platform/http';
import { keys, queryClient } from '../../platform/queries';
import { createStore } from '../../platform/store';
import { type Draft, EMPTY_DRAFT, isBegun, isBlank, keysOf, readDraft, writeDraft } from './drafts';

const SAVE_AFTER_MS = 700;
const TRY_AGAIN_MS = 10_000;
/** More than this a browser does not send while a page is leaving. */
const MOST_WHILE_LEAVING = 60_000;

/** This page, so that the server can tell what another device wrote. A reloaded page is the same. */
const device = ownName();

function ownName(): string {
  try {
    const known = sessionStorage.getItem('shopbell.device');
    if (known) return known;
    const made = newKey().slice(0, 40);
    sessionStorage.setItem('shopbell.device', made);
    return made;
  } catch {
    return newKey().slice(0, 40);
  }
}

/** Of each draft, what was written elsewhere and is kept beside it, the newest first. */
export const elsewhere = createStore<Record<string, ServerDraft['superseded']>>({});

/** Counts up whenever another device's words took the place of what stands here. */
export const adopted = createStore<Record<string, number>>({});

function path(key: string): string {
  const [, , conversation, kind] = key.split('.');
  return conversation === 'new' ? '/drafts/start' : `/conversations/${conversation}/drafts/${kind}`;
}

function hold(key: string, others: ServerDraft['superseded'], standing: string): void {
  const differing = others.filter((each) => each.html !== standing);
  const { [key]: before, ...rest } = elsewhere.get();
  if (differing.length > 0) elsewhere.set({ ...rest, [key]: differing });
  else if (before) elsewhere.set(rest);
}

/** As this browser keeps it. */
export function fromServer(draft: ServerDraft): Draft {
  return {
    ...EMPTY_DRAFT,
    html: draft.html,
    attachments: draft.attachments,
    people: draft.people,
    subject: draft.subject,
    forwarded: draft.forwarded,
    brandId: draft.brandId,
    updatedAt: Date.parse(draft.updatedAt),
    base: draft.updatedAt,
  };
}

/**
 * What a composer opens with. Words that the server has not heard of come first: it decides, once it has them, whether
 * another device wrote later. What it had and has no more was sent or dropped elsewhere.
 */
export function openingWith(local: Draft, server: ServerDraft | null): Draft {
  if ((!local.saved || local.sendKey !== null) && isBegun(local)) return local;
  return server ? fromServer(server) : local.saved && local.base !== null ? EMPTY_DRAFT : local;
}

/** The server's draft as it was just read. Words of this browser that are still on their way stay. */
export function meet(key: string, server: ServerDraft | null): void {
  const local = readDraft(key);
  if (!server) return;
  hold(key, server.superseded, isBegun(local) ? local.html : server.html);
  if (!local.saved || local.sendKey !== null || local.base === server.updatedAt) return;
  if (local.base !== null && local.base > server.updatedAt) return;
  const same = local.html === server.html;
  writeDraft(key, fromServer(server));
  if (!same) announceAdopted(key);
}

/** Other words stand in this draft than its editor shows. */
export function announceAdopted(key: string): void {
  adopted.set({ ...adopted.get(), [key]: (adopted.get()[key] ?? 0) + 1 });
}

const timers = new Map<string, ReturnType<typeof setTimeout>>();
const running = new Map<string, Promise<void>>();

/** Once nothing of the draft is on its way to the server: what comes after it is read after it. */
export function whenSaved(key: string): Promise<void> {
  return running.get(key) ?? Promise.resolve();
}

/** Outlives the composer: leaving a conversation must not leave its draft behind. */
export function saveSoon(key: string, wait = SAVE_AFTER_MS): void {
  // The first change starts the clock: steady typing is saved all the same.
  if (timers.has(key)) return;
  timers.set(
    key,
    setTimeout(() => void saveNow(key), wait),
  );
}

export function stopSaving(key: string): void {
  clearTimeout(timers.get(key));
  timers.delete(key);
}

interface Way {
  /** The page is going: the request must outlive it. */
  leaving?: boolean;
  /** The agent has seen what was written elsewhere. */
  settled?: boolean;
}

export async function saveNow(key: string, { leaving = false, settled = false }: Way = {}): Promise<void> {
  stopSaving(key);
  const draft = readDraft(key);
  // While it is being sent, its fate is decided elsewhere.
  if (draft.sendKey !== null || (draft.saved && !settled)) return;
  if (running.has(key) && !leaving) {
    if (!settled) return saveSoon(key, 200);
    await whenSaved(key);
    return saveNow(key, { settled });
  }
  let done: () => void = () => undefined;
  running.set(key, new Promise((resolve) => (done = resolve)));
  const body = {
    html: isBlank(draft.html) ? '' : draft.html,
    subject: draft.subject,
    people: draft.people,
    attachments: draft.attachments.map((each) => each.id),
    forwarded: draft.forwarded,
    brandId: draft.brandId,
    device,
    base: draft.base,
    ageMs: Math.max(0, Date.now() - draft.updatedAt),
    settled,
  };
  try {
    const keepalive = leaving && draft.html.length < MOST_WHILE_LEAVING;
    const answer = await call<{ draft: ServerDraft | null }>('PUT', path(key), { body, keepalive });
    learn(key, draft, body.html, answer.draft);
  } catch (error) {
    // Refused for good (the conversation is gone, no right to write): the words stay here.
    if (!(error instanceof Refusal && error.status < 500 && error.status !== 429)) saveSoon(key, TRY_AGAIN_MS);
  } finally {
    running.delete(key);
    done();
  }
}

function learn(key: string, sent: Draft, html: string, standing: ServerDraft | null): void {
  const now = readDraft(key);
  const unchanged = now.updatedAt === sent.updatedAt && now.html === sent.html;
  remember(key, standing);
  if (now.sendKey !== null) return;
  if (!standing || standing.html === html) {
    writeDraft(key, { ...now, base: standing?.updatedAt ?? null, saved: unchanged });
    hold(key, standing?.superseded ?? [], now.html);
  } else if (unchanged) {
    writeDraft(key, fromServer(standing));
    hold(key, standing.superseded, standing.html);
    announceAdopted(key);
  }
  // Else more was typed here meanwhile, which is newer again: the next saving says so.
  if (!unchanged) saveSoon(key);
}

/** What the caches say of it: the open conversation, and the list of drafts where it came or went. */
function remember(key: string, standing: ServerDraft | null): void {
  const [, , id, kind] = key.split('.');
  const listed = queryClient.getQueryData<Page<DraftRow>>(keys.drafts)?.items;
  const isListed = listed?.some((each) => (each.conversationId === null ? id === 'new' : String(each.conversationId) === id) && each.kind === kind);
  if (listed && isListed !== (standing !== null)) refreshDrafts();
  if (id === 'new') return;
  queryClient.setQueryData<Conversation>(keys.conversation(Number(id)), (old) => {
    if (!old) return old;
    const others = old.drafts.filter((each) => each.kind !== kind);
    return { ...old, drafts: standing ? [...others, standing] : others };
  });
}

function refreshDrafts(): void {
  void queryClient.invalidateQueries({ queryKey: keys.drafts });
  void queryClient.invalidateQueries({ queryKey: keys.list({ view: 'drafts' }) });
}

/** It has been sent: here it is gone, and there, too. */
export function dropDraft(key: string): void {
  stopSaving(key);
  writeDraft(key, EMPTY_DRAFT);
  const { [key]: _gone, ...rest } = elsewhere.get();
  elsewhere.set(rest);
  remember(key, null);
}

/** Thrown away on purpose. */
export async function discardDraft(key: string): Promise<void> {
  dropDraft(key);
  await del(path(key));
  refreshDrafts();
}

/** What was written elsewhere has been taken over or is not wanted. */
export function settle(key: string): void {
  const { [key]: _gone, ...rest } = elsewhere.get();
  elsewhere.set(rest);
  void saveNow(key, { settled: true });
}

/** Words that a closed page left unsaved go to the server with the next one; and with this one, when it goes. */
export function saveLeftOvers(agentId: number): () => void {
  for (const key of keysOf(agentId)) if (!readDraft(key).saved) saveSoon(key);
  const leave = () => {
    for (const key of timers.keys()) void saveNow(key, { leaving: true });
  };
  const onHide = () => document.visibilityState === 'hidden' && leave();
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', onHide);
  return () => {
    removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', onHide);
  };
}
