import type { InfiniteData } from '@tanstack/react-query';
import type { Agent, Conversation, Message, Page, Status, Upload, WithdrawnReply } from '../../api/types';
import { del, newKey, post, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { comingTime } from '../../platform/instants';
import { keys, queryClient } from '../../platform/queries';
import { createStore } from '../../platform/store';
import { toast } from '../../platform/toasts';
import { showInCaches } from '../changes';
import { hold, release, touch } from '../freshen';
import { write, writing } from '../ui';
import { type Draft, type DraftKind, dropDraft, EMPTY_DRAFT, isBlank, parseRecipient, type People, readDraft, saveSoon, shown, writeDraft } from './drafts';

export const UNDO_SECONDS = 10;

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
  snoozedUntil?: string;
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
  const draft: Draft = readDraft(key);
  const sendKey = draft.sendKey ?? newKey();
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
    const message = await post<Message>(
      `/conversations/${conversation.id}/${PATHS[outgoing.kind]}`,
      {
        html: outgoing.html,
        attachments: outgoing.attachments.map((each) => each.id),
        ...(outgoing.kind === 'note' ? {} : addressing(outgoing)),
        ...(outgoing.kind === 'reply'
          ? {
              status: outgoing.status ?? 'waiting',
              snoozedUntil: outgoing.snoozedUntil,
              undoSeconds: outgoing.sendAt ? 0 : UNDO_SECONDS,
              sendAt: outgoing.sendAt,
            }
          : {}),
        ...(outgoing.kind === 'forward' ? { messages: outgoing.forwarded ? [outgoing.forwarded] : null, carried: outgoing.carried, undoSeconds: UNDO_SECONDS } : {}),
      },
      sendKey,
    );
    putFirst(conversation.id, message, pending.id);
    // Words begun while this was on its way are a new draft; they stay.
    if (readDraft(key).sendKey === sendKey) dropDraft(key);
    queryClient.setQueryData<Conversation>(keys.conversation(conversation.id), (old) => old && { ...old, draft: null });
    if (message.delivery?.undoableUntil) {
      toast(outgoing.kind === 'forward' ? t('Forwarded') : outgoing.status === 'resolved' ? t('Sent and resolved') : t('Sent'), {
        action: { label: t('Undo'), chord: 'z', run: () => void undoSend(message, agent.id, outgoing.show) },
        forMs: UNDO_SECONDS * 1_000,
      });
    } else if (outgoing.sendAt) {
      toast(t('Leaves {time}', { time: comingTime(outgoing.sendAt, Date.now()) }), {
        action: { label: t('Undo'), chord: 'z', run: () => void undoSend(message, agent.id, outgoing.show) },
      });
    }
  } catch (error) {
    takeOut(conversation.id, pending.id);
    giveBack(key, sendKey, outgoing);
    if (outgoing.kind === 'reply' && !outgoing.sendAt) showInCaches(conversation.id, previous);
    refusals.set({ ...refusals.get(), [key]: reasonOf(error) });
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

function isOnScreen(conversationId: number): boolean {
  return location.pathname.endsWith(`/${conversationId}`);
}

/** What the composer opens with: nothing, while the stored words are just on their way. */
export function openingDraft(key: string): Draft {
  const draft = readDraft(key);
  return draft.sendKey !== null && inFlight.has(draft.sendKey) ? EMPTY_DRAFT : draft;
}

/** Refused: the words are the draft again, above anything begun in the meantime. */
function giveBack(key: string, sendKey: string, outgoing: Outgoing): void {
  const now = readDraft(key);
  if (now.sendKey === sendKey) return;
  writeDraft(key, {
    html: outgoing.html + now.html,
    attachments: [...outgoing.attachments, ...now.attachments],
    people: outgoing.people,
    subject: outgoing.subject,
    updatedAt: Date.now(),
    saved: false,
    sendKey: null,
  });
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
    writeDraft(key, { html, attachments, people, subject: content.subject, updatedAt: Date.now(), saved: false, sendKey: null });
    if (kind === 'reply') saveSoon(key, id);
    write(id, kind);
    if (!isOnScreen(id)) show?.();
  } catch (error) {
    toast(t('It could not be called back. {reason}', { reason: reasonOf(error) }), { tone: 'bad' });
  } finally {
    touch(id, true);
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
