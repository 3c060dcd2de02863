import type { ConversationEvent, Delivery, Message } from '../../api/types';
import { comingTime, longTime } from '../../platform/instants';

function named(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  if (value && typeof value === 'object' && 'name' in value && typeof value.name === 'string') return value.name;
  return null;
}

function list(value: unknown): string {
  return Array.isArray(value)
    ? value
        .map((each) => named(each) ?? '')
        .filter(Boolean)
        .join(', ')
    : '';
}

/** "Mia assigned this to Jonas" */
export function describeEvent(event: ConversationEvent): string {
  const detail = event.detail ?? {};
  const who = event.actor.name ?? (event.actor.kind === 'customer' ? 'The customer' : 'Shopbell');
  const to = named(detail.to);
  switch (event.name) {
    case 'ConversationStarted':
      return `${who} started the conversation`;
    case 'ConversationAssigned':
      return to ? (to === event.actor.name ? `${who} took this` : `${who} assigned this to ${to}`) : `${who} unassigned this`;
    case 'ConversationStatusChanged':
      return `${who} set this to ${to ?? 'another status'}`;
    case 'ConversationPriorityChanged':
      return `${who} set the priority to ${to ?? 'normal'}`;
    case 'ConversationTagged': {
      const added = list(detail.added);
      const removed = list(detail.removed);
      return `${who} ${[added && `tagged ${added}`, removed && `removed the tag ${removed}`].filter(Boolean).join(' and ') || 'changed the tags'}`;
    }
    case 'ConversationReopened':
      return event.actor.kind === 'customer' ? `${who} wrote again, so this reopened` : `${who} reopened this`;
    case 'ConversationSubjectChanged':
      return to ? `${who} changed the subject to “${to}”` : `${who} changed the subject`;
    default:
      return `${who}: ${event.name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}`;
  }
}

export interface DeliveryWords {
  text: string;
  tone: 'quiet' | 'warn' | 'bad';
}

/** The relay's own answer is of no interest; what was told later is, and when. */
function describeSent({ detail, updatedAt }: Delivery, now: number): DeliveryWords {
  if (!detail || detail === 'accepted' || /^2\d\d/.test(detail)) return { text: 'Sent', tone: 'quiet' };
  if (detail === 'Read' || detail === 'Delivered') {
    return { text: updatedAt ? `${detail} ${longTime(updatedAt, now)}` : detail, tone: 'quiet' };
  }
  return { text: `Sent. ${detail}`, tone: /^(Late|Held|The recipient called)/.test(detail) ? 'warn' : 'quiet' };
}

export function describeDelivery(delivery: Delivery, now: number, writer: string | null = null): DeliveryWords {
  const why = delivery.detail ? ` ${delivery.detail}` : '';
  switch (delivery.state) {
    case 'scheduled':
      return { text: `Leaves ${delivery.scheduledFor ? comingTime(delivery.scheduledFor, now) : 'later'}.`, tone: 'quiet' };
    case 'held':
      return { text: `Held back: ${writer ?? 'the customer'} wrote before it left.`, tone: 'warn' };
    case 'queued':
      if (delivery.undoableUntil && Date.parse(delivery.undoableUntil) > now) return { text: 'Leaves in a moment.', tone: 'quiet' };
      return delivery.detail ? { text: `Waiting to be sent.${why}`, tone: 'warn' } : { text: 'Waiting to be sent', tone: 'quiet' };
    case 'sending':
      return { text: 'Sending…', tone: 'quiet' };
    case 'sent':
      return describeSent(delivery, now);
    case 'deferred':
      return {
        text: `Not delivered yet.${why} ${delivery.nextAttemptAt ? `Next try ${comingTime(delivery.nextAttemptAt, now)}.` : ''}`,
        tone: 'warn',
      };
    case 'failed':
      return { text: `Could not be delivered.${why}`, tone: 'bad' };
    case 'withheld':
      return { text: 'Demo customer: never mailed', tone: 'quiet' };
  }
}

/** The rest of a mail below its own words: what it quotes. Null when there is none. */
export function quotedRest(message: Message): string | null {
  const { text, ownText } = message;
  if (!text || !ownText || text.trim().length <= ownText.trim().length) return null;
  const start = text.indexOf(ownText.trim());
  const rest = start >= 0 ? text.slice(start + ownText.trim().length) : text;
  return rest.trim() || null;
}
