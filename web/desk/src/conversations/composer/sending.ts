import type { InfiniteData } from '@tanstack/react-query';
import type { Agent, Conversation, Message, Page, Status, Upload, WithdrawnReply } from '../../api/types';
import { del, newKey, post, put, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { comingTime } from '../../platform/instants';
import { isOutgoing, outgoing as queue } from '../../platform/outgoing/outgoing';
import { offerEditing } from '../../platform/outgoing/OutgoingEntry';
import { keys, queryClient } from '../../platform/queries';
import { createStore } from '../../platform/store';
import { toast } from '../../platform/toasts';
import { laneOf, showInCaches } from '../changes';
import { crossed, forgetCrossed, isCrossing } from '../company/crossed';
import { seenOf } from '../company/seen';
import { hold, release, touch } from '../freshen';
import { write, writing } from '../ui';
import { type Draft, type DraftKind, EMPTY_DRAFT, isBlank, parseRecipient, type People, readDraft, shown, writeDraft } from './drafts';
import { announceAdopted, dropDraft, saveNow, saveSoon, stopSaving, whenSaved } from './draftSync';
import { undoSeconds } from './ways';

const PATHS = { reply: 'replies', note: 'notes', forward: 'forwards' };

function addressing({ people, subject }: Outgoing) {
  const listed = people && { to: people.to.map(parseRecipient), cc: people.cc.map(parseRecipient), bcc: people.bcc.map(parseRecipient) };
  return { ...listed, subject: subject ?? undefined };
}

export interface Outgoing {
  kind: DraftKind;
  html: string;
  attachments: Upload[];
  /** What becomes of the conversation; only for replies. */
  status: Status | null;
  snoozedUntil?: string | null;
  people: People | null;
  subject: string | null;
  /** When it leaves; now where it is left out. */
  sendAt?: string;
  /** The message that is forwarded; null for the whole conversation. Only for forwards. */
  forwarded?: number | null;
  /** Which files of the forwarded messages go along; null for all. */
  carried?: number[] | null;
  /** Brings the conversation back on screen. */
  show: () => void;
}

/** Drafts that did not go out, and why; shown in their composer until they do. */
export const refusals = createStore<Record<string, string>>({});

export function forgetRefusal(key: string): void {
  const { [key]: _gone, ...rest } = refusals.get();
  refusals.set(rest);
  forgetCrossed(key);
}

const inFlight = new Set<string>();
let lastPending = 0;

function putFirst(conversationId: number, message: Message, instead?: number): void {
  queryClient.setQueryData<InfiniteData<Page<Message>>>(keys.messages(conversationId), (old) => {
    if (!old) return old;
    const pages = old.pages.map((page) => ({
      ...page,
      items: page.items.filter((each) => each.id !== instead && each.id !== message.id),
    }));
    const [first, ...others] = pages;
    return first ? { ...old, pages: [{ ...first, items: [message, ...first.items] }, ...others] } : old;
  });
}

function takeOut(conversationId: number, id: number): void {
  queryClient.setQueryData<InfiniteData<Page<Message>>>(
    keys.messages(conversationId),
    (old) => old && { ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.filter((each) => each.id !== id) })) },
  );
}

function pendingMessage(conversation: Conversation, outgoing: Outgoing, agent: Agent): Message {
  const now = new Date().toISOString();
  const note = outgoing.kind === 'note';
  return {
    id: --lastPending,
    conversationId: conversation.id,
    direction: note ? 'note' : 'outbound',
    channel: 'email',
    kind: 'message',
    from: { name: agent.name, address: null },
    to: outgoing.people?.to.map(parseRecipient) ?? (conversation.answersTo ? [conversation.answersTo] : []),
    cc: outgoing.people?.cc.map(parseRecipient) ?? [],
    bcc: [],
    agent: { id: agent.id, name: agent.name },
    subject: '',
    text: '',
    ownText: '',
    html: outgoing.html,
    attachments: [],
    receivedAt: now,
    delivery: note ? null : { state: 'sending', detail: null, attempts: 0, updatedAt: now, nextAttemptAt: null, undoableUntil: null, scheduledFor: null },
    unverified: false,
    remoteImages: 0,
    problem: null,
    hasOriginal: false,
    replyTo: [],
    purpose: note ? null : outgoing.kind === 'forward' ? 'forward' : 'reply',
    redirects: null,
    thirdParty: false,
    mentions: [],
    kindReason: null,
    marks: [],
    authentication: null,
    trackers: 0,
    imagesAllowed: false,
    appointment: null,
  };
}

/** The message stands in the conversation at once. Until the server has it, the draft stays where it was. */
export async function send(conversation: Conversation, agent: Agent, key: string, outgoing: Outgoing): Promise<void> {
  // Before anything is waited for: sending may leave the conversation, and what is not shown is not seen.
  const seen = outgoing.kind === 'reply' ? seenOf(conversation.id) : undefined;
  const draft: Draft = readDraft(key);
  const sendKey = draft.sendKey ?? newKey();
  const undo = undoSeconds();
  stopSaving(key);
  writeDraft(key, { ...draft, html: outgoing.html, attachments: outgoing.attachments, sendKey });
  inFlight.add(sendKey);
  forgetRefusal(key);
  const pending = pendingMessage(conversation, outgoing, agent);
  hold();
  await queryClient.cancelQueries({ queryKey: keys.messages(conversation.id) });
  putFirst(conversation.id, pending);

  const previous = { status: conversation.status, assignee: conversation.assignee, waitingSince: conversation.waitingSince };
  if (outgoing.kind === 'reply' && !outgoing.sendAt) {
    showInCaches(conversation.id, {
      status: outgoing.status ?? 'waiting',
      waitingSince: null,
      assignee: conversation.assignee ?? { id: agent.id, name: agent.name },
    });
  }
  try {
    // A draft that arrives after its answer would stand there as if it had not been sent.
    await whenSaved(key);
    const outcome = await queue.deliver<Message>({
      ...waitingWords(conversation, key, outgoing),
      key: sendKey,
      method: 'POST',
      path: `/conversations/${conversation.id}/${PATHS[outgoing.kind]}`,
      body: {
        html: outgoing.html,
        attachments: outgoing.attachments.map((each) => each.id),
        ...(outgoing.kind === 'note' ? {} : addressing(outgoing)),
        ...(outgoing.kind === 'reply'
          ? {
              status: outgoing.status ?? 'waiting',
              snoozedUntil: outgoing.snoozedUntil,
              undoSeconds: outgoing.sendAt ? 0 : undo,
              sendAt: outgoing.sendAt,
              seen,
            }
          : {}),
        ...(outgoing.kind === 'forward' ? { messages: outgoing.forwarded ? [outgoing.forwarded] : null, carried: outgoing.carried, undoSeconds: undo } : {}),
      },
    });
    if (outcome === 'waiting') {
      // Its words stand above the composer now, and outlive the page there.
      takeOut(conversation.id, pending.id);
      if (readDraft(key).sendKey === sendKey) dropDraft(key);
      return;
    }
    const message = outcome.sent;
    putFirst(conversation.id, message, pending.id);
    // Words begun while this was on its way are a new draft; they stay.
    if (readDraft(key).sendKey === sendKey) dropDraft(key);
    if (message.delivery?.undoableUntil) {
      toast(outgoing.kind === 'forward' ? t('Forwarded') : outgoing.status === 'resolved' ? t('Sent and resolved') : t('Sent'), {
        action: { label: t('Undo'), chord: 'z', run: () => void undoSend(message, agent.id, outgoing.show) },
        forMs: undo * 1_000,
      });
    } else if (outgoing.sendAt) {
      toast(t('Leaves {time}', { time: comingTime(outgoing.sendAt, Date.now()) }), {
        action: { label: t('Undo'), chord: 'z', run: () => void undoSend(message, agent.id, outgoing.show) },
      });
    } else if (outgoing.kind !== 'note') toast(t('Sent'));
  } catch (error) {
    takeOut(conversation.id, pending.id);
    giveBack(key, sendKey, outgoing);
    if (outgoing.kind === 'reply' && !outgoing.sendAt) showInCaches(conversation.id, previous);
    refusals.set({ ...refusals.get(), [key]: reasonOf(error) });
    if (isCrossing(error) && seen !== undefined) {
      const { status, snoozedUntil, sendAt } = outgoing;
      crossed.set({ ...crossed.get(), [key]: { since: seen, status, snoozedUntil, sendAt } });
    }
    if (isOnScreen(conversation.id)) {
      // Back into the editor, with the reason above it; unless something else is being written by now.
      if (writing.get() === null) write(conversation.id, outgoing.kind);
    } else {
      const who = conversation.customer.name ?? conversation.customer.address ?? t('the customer');
      const values = { who, reason: reasonOf(error) };
      const lost = {
        reply: t('Your reply to {who} did not go out. {reason} Your words are kept.', values),
        note: t('Your note to {who} did not go out. {reason} Your words are kept.', values),
        forward: t('Your forward to {who} did not go out. {reason} Your words are kept.', values),
      };
      toast(lost[outgoing.kind], {
        tone: 'bad',
        action: { label: t('Show'), run: outgoing.show },
      });
    }
  } finally {
    inFlight.delete(sendKey);
    touch(conversation.id, true);
    release();
  }
}

type Kept = Omit<Outgoing, 'show'> & { draftKey: string };

/** How a message stands among what waits to be sent. */
function waitingWords(conversation: Conversation, draftKey: string, { show: _show, ...outgoing }: Outgoing) {
  const who = conversation.customer.name ?? conversation.customer.address ?? t('the customer');
  const what = { reply: t('Answer to {who}', { who }), note: t('Note about {who}', { who }), forward: t('Forward of what {who} wrote', { who }) };
  const words = new DOMParser().parseFromString(outgoing.html, 'text/html').body.textContent ?? '';
  const keep: Kept = { ...outgoing, draftKey };
  return {
    lane: laneOf(conversation.id),
    kind: 'message',
    what: what[outgoing.kind],
    excerpt: words.trim().slice(0, 200),
    conversationId: conversation.id,
    keep,
  };
}

/** What becomes of messages that waited, also after the page was loaded anew. `show` brings a conversation on screen. */
export function careForMessages(agentId: number, show: (conversationId: number) => void): void {
  queue.care('message', {
    sent: (entry, answer) => {
      const message = answer as Message;
      const { draftKey } = entry.keep as Kept;
      if (readDraft(draftKey).sendKey === entry.key) dropDraft(draftKey);
      touch(message.conversationId, true);
      toast(
        t('Sent: {what}', { what: entry.what }),
        message.delivery?.undoableUntil
          ? { action: { label: t('Undo'), chord: 'z', run: () => void undoSend(message, agentId, () => show(message.conversationId)) } }
          : {},
      );
    },
    refused: () => false,
  });
  offerEditing('message', (entry) => {
    const { draftKey, ...outgoing } = entry.keep as Kept;
    const back = { ...outgoing, show: () => undefined };
    if (readDraft(draftKey).sendKey === entry.key) writeDraft(draftKey, { ...readDraft(draftKey), sendKey: null });
    else giveBack(draftKey, entry.key, back);
    if (entry.conversationId === null) return;
    write(entry.conversationId, outgoing.kind);
    if (!isOnScreen(entry.conversationId)) show(entry.conversationId);
  });
}

function isOnScreen(conversationId: number): boolean {
  return location.pathname.endsWith(`/${conversationId}`);
}

/** What the composer opens with: nothing, while the stored words are just on their way. */
export function openingDraft(key: string): Draft {
  const draft = readDraft(key);
  return draft.sendKey !== null && (inFlight.has(draft.sendKey) || isOutgoing(draft.sendKey)) ? EMPTY_DRAFT : draft;
}

/** Refused: the words are the draft again, above anything begun in the meantime. */
function giveBack(key: string, sendKey: string, outgoing: Outgoing): void {
  const now = readDraft(key);
  if (now.sendKey === sendKey) return;
  writeDraft(key, {
    ...now,
    html: outgoing.html + now.html,
    attachments: [...outgoing.attachments, ...now.attachments],
    people: outgoing.people,
    subject: outgoing.subject,
    updatedAt: Date.now(),
    saved: false,
    sendKey: null,
  });
  saveSoon(key);
}

/** Calls a reply back before it leaves; its words become the draft again, above anything begun since. */
export async function undoSend(message: Message, agentId: number, show?: () => void): Promise<void> {
  const id = message.conversationId;
  try {
    const content = await post<WithdrawnReply>(`/messages/${message.id}/undo`);
    takeOut(id, message.id);
    if (content.purpose === 'redirect') return;
    const kind = content.purpose;
    const key = `draft.${agentId}.${id}.${kind}`;
    const begun = readDraft(key);
    const html = (content.html ?? paragraphs(content.text)) + (isBlank(begun.html) ? '' : begun.html);
    const attachments = [...content.attachments, ...begun.attachments];
    const people = { to: content.to.map(shown), cc: content.cc.map(shown), bcc: content.bcc.map(shown) };
    writeDraft(key, { ...EMPTY_DRAFT, html, attachments, people, subject: content.subject, updatedAt: Date.now(), saved: false });
    announceAdopted(key);
    void saveNow(key, { settled: true });
    write(id, kind);
    if (!isOnScreen(id)) show?.();
  } catch (error) {
    toast(t('It could not be called back. {reason}', { reason: reasonOf(error) }), { tone: 'bad' });
  } finally {
    touch(id, true);
  }
}

/** A scheduled or held answer leaves at another time. */
export async function reschedule(message: Message, sendAt: string): Promise<void> {
  try {
    await put(`/messages/${message.id}/schedule`, { sendAt });
    toast(t('Leaves {time}', { time: comingTime(sendAt, Date.now()) }));
  } catch (error) {
    toast(t('The time could not be changed. {reason}', { reason: reasonOf(error) }), { tone: 'bad' });
  } finally {
    touch(message.conversationId, true);
  }
}

/** A scheduled or held answer leaves now. */
export async function sendNow(message: Message): Promise<void> {
  try {
    await post(`/messages/${message.id}/send`);
    toast(t('On its way'));
  } catch (error) {
    toast(t('It could not be sent. {reason}', { reason: reasonOf(error) }), { tone: 'bad' });
  } finally {
    touch(message.conversationId, true);
  }
}

/** A scheduled or held answer is not sent, and nothing of it is kept. */
export async function cancel(message: Message): Promise<void> {
  try {
    await del(`/messages/${message.id}`);
    takeOut(message.conversationId, message.id);
    toast(t('Cancelled: it is not sent'));
  } catch (error) {
    toast(t('It could not be cancelled. {reason}', { reason: reasonOf(error) }), { tone: 'bad' });
  } finally {
    touch(message.conversationId, true);
  }
}

export async function resend(message: Message): Promise<void> {
  try {
    await post(`/messages/${message.id}/resend`);
    toast(t('On its way again'));
  } catch (error) {
    toast(t('It could not be sent again. {reason}', { reason: reasonOf(error) }), { tone: 'bad' });
  } finally {
    touch(message.conversationId, true);
  }
}

function paragraphs(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return escaped
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('');
}
