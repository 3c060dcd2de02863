import type { Conversation, MailAddress, Upload } from '../../api/types';
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
  /** Which message is forwarded; null for all of them. */
  forwarded: number | null;
  /** Who begins the conversation, while there is none. */
  brandId: number | null;
  /** When it was last changed here. */
  updatedAt: number;
  /** The server holds the same. */
  saved: boolean;
  /** What it was written on: the server's time of its last change; null where the server knew of none. */
  base: string | null;
  /** Set once sending has begun: the same words sent again after a crash are delivered once. */
  sendKey: string | null;
}

export const EMPTY_DRAFT: Draft = {
  html: '',
  attachments: [],
  people: null,
  subject: null,
  forwarded: null,
  brandId: null,
  updatedAt: 0,
  saved: true,
  base: null,
  sendKey: null,
};

export function draftKey(agentId: number, conversationId: number, kind: DraftKind): string {
  return `draft.${agentId}.${conversationId}.${kind}`;
}

/** What is written to begin a conversation. */
export function startKey(agentId: number): string {
  return `draft.${agentId}.new.start`;
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
  // An emptied one stays until the server has heard of it.
  const text = isBegun(draft) || !draft.saved ? JSON.stringify(draft) : null;
  if (text === null) memory.delete(key);
  else memory.set(key, text);
  writeStored(key, text);
}

export function isBegun(draft: Pick<Draft, 'html' | 'attachments' | 'people' | 'subject'>): boolean {
  return !isBlank(draft.html) || draft.attachments.length > 0 || draft.people !== null || draft.subject !== null;
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

/** In one line: what stands below each other is told apart. */
export function wordsOf(html: string): string {
  const spaced = html.replace(/<br\s*\/?>|<\/(p|li|h\d|pre|blockquote)>/g, '$& ');
  return (new DOMParser().parseFromString(spaced, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function isBlank(html: string): boolean {
  return html.replace(/<(?!img\b|hr\b)[^>]*>/g, '').replace(/&nbsp;|\s/g, '') === '';
}

export function keysOf(agentId: number): string[] {
  return storedKeys(`draft.${agentId}.`);
}

/** On signing out at a shared computer: what the server keeps need not stay here. What it does not, must. */
export function forgetSavedDrafts(agentId: number): void {
  for (const key of keysOf(agentId)) if (readDraft(key).saved) writeStored(key, null);
}
