import type { Conversation, MailAddress, Upload } from '../../api/types';
import { del, put } from '../../platform/http';
import { readStored, storedKeys, writeStored } from '../../platform/stored';
import { t } from '../../platform/i18n';

export type DraftKind = 'reply' | 'note' | 'forward';

/** Whom a message goes to, as it stands in the fields: "Ann Lee <ann@x.org>" or only the address. */
export interface People {
  to: string[];
  cc: string[];
  bcc: string[];
}

export interface Draft {
  html: string;
  attachments: Upload[];
  /** Null as long as it goes to whom it usually goes to. */
  people: People | null;
  /** Null for the conversation's own. */
  subject: string | null;
  updatedAt: number;
  /** The server holds the same words. Notes stay in this browser. */
  saved: boolean;
  /** Set once sending has begun: the same words sent again after a crash are delivered once. */
  sendKey: string | null;
}

export const EMPTY_DRAFT: Draft = { html: '', attachments: [], people: null, subject: null, updatedAt: 0, saved: true, sendKey: null };

export function draftKey(agentId: number, conversationId: number, kind: DraftKind): string {
  return `draft.${agentId}.${conversationId}.${kind}`;
}

export function readDraft(key: string): Draft {
  const text = memory.get(key) ?? readStored(key);
  if (!text) return EMPTY_DRAFT;
  try {
    return { ...EMPTY_DRAFT, ...(JSON.parse(text) as Partial<Draft>) };
  } catch {
    return EMPTY_DRAFT;
  }
}

// Kept beside localStorage, which may be full or switched off.
const memory = new Map<string, string>();

export function writeDraft(key: string, draft: Draft): void {
  const begun = !isBlank(draft.html) || draft.attachments.length > 0 || draft.people !== null || draft.subject !== null;
  const text = begun ? JSON.stringify(draft) : null;
  if (text === null) memory.delete(key);
  else memory.set(key, text);
  writeStored(key, text);
}

export const shown = ({ name, address }: MailAddress) => (name ? `${name} <${address}>` : (address ?? ''));

export function usualPeople({ answering }: Conversation): People {
  return { to: answering.to.map(shown), cc: answering.toAll ? answering.cc.map(shown) : [], bcc: [] };
}

/** "Ann Lee <ann@x.org>" or only the address. */
export function parseRecipient(text: string): { name: string | null; address: string } {
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+)>\s*$/.exec(text);
  return named ? { name: named[1] || null, address: named[2] ?? '' } : { name: null, address: text.trim() };
}

/** Whom the next answer goes to: not always the customer, as when a colleague of theirs wrote last. */
export function whoGets({ answersTo, customer }: Conversation): string {
  return answersTo?.name ?? answersTo?.address ?? customer.name ?? customer.address ?? t('the customer');
}

export function isBlank(html: string): boolean {
  return html.replace(/<(?!img\b|hr\b)[^>]*>/g, '').replace(/&nbsp;|\s/g, '') === '';
}

/** The server's draft counts when it is younger than what this browser remembers, as after writing on another computer. */
export function newestDraft(local: Draft, server: { html: string; updatedAt: string } | null): Draft {
  if (!server || isBlank(server.html)) return local;
  const at = Date.parse(server.updatedAt);
  if (local.updatedAt >= at || (!local.saved && !isBlank(local.html))) return local;
  return { ...local, sendKey: null, saved: true, html: server.html, updatedAt: at };
}

const SAVE_AFTER_MS = 1_200;
const TRY_AGAIN_MS = 10_000;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Outlives the composer: leaving a conversation must not leave its draft behind. */
export function saveSoon(key: string, conversationId: number, wait = SAVE_AFTER_MS): void {
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => void save(key, conversationId), wait),
  );
}

async function save(key: string, conversationId: number): Promise<void> {
  timers.delete(key);
  const draft = readDraft(key);
  // While it is being sent, its fate is decided elsewhere.
  if (draft.sendKey !== null) return;
  try {
    if (isBlank(draft.html)) await del(`/conversations/${conversationId}/draft`);
    else await put(`/conversations/${conversationId}/draft`, { html: draft.html });
    const now = readDraft(key);
    if (now.html === draft.html && now.updatedAt === draft.updatedAt) writeDraft(key, { ...now, saved: true });
  } catch {
    saveSoon(key, conversationId, TRY_AGAIN_MS);
  }
}

/** Words that a closed page left unsaved go to the server with the next one. */
export function saveLeftOvers(agentId: number): void {
  for (const key of storedKeys(`draft.${agentId}.`)) {
    const [, , id, kind] = key.split('.');
    const draft = readDraft(key);
    if (kind === 'reply' && !draft.saved && draft.sendKey === null) saveSoon(key, Number(id));
  }
}

export function dropDraft(key: string): void {
  clearTimeout(timers.get(key));
  timers.delete(key);
  writeDraft(key, EMPTY_DRAFT);
}

/** On signing out at a shared computer: what the server keeps need not stay here. What it does not, must. */
export function forgetSavedDrafts(agentId: number): void {
  for (const key of storedKeys(`draft.${agentId}.`)) if (readDraft(key).saved) writeStored(key, null);
}
