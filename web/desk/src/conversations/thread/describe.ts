import type { ConversationEvent, Delivery, Message, Priority, Status } from '../../api/types';
import { amid, t } from '../../platform/i18n';
import { describeMove } from '../moves/describeMove';
import { comingTime, longTime } from '../../platform/instants';
import { PRIORITY_NAMES, STATUS_NAMES } from '../list/signs';

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

/** The names of the log, as people say them. */
function status(name: string | null): string {
  return name !== null && name in STATUS_NAMES ? amid(STATUS_NAMES[name as Status]) : (name ?? t('another status'));
}

function priority(name: string | null): string {
  return amid(name !== null && name in PRIORITY_NAMES ? PRIORITY_NAMES[name as Priority] : (name ?? t('Normal')));
}

function tagged(who: string, added: string, removed: string): string {
  if (added && removed) return t('{who} tagged {added} and removed the tag {removed}', { who, added, removed });
  if (added) return t('{who} tagged {added}', { who, added });
  return removed ? t('{who} removed the tag {removed}', { who, removed }) : t('{who} changed the tags', { who });
}

/** "Mia assigned this to Jonas" */
export function describeEvent(event: ConversationEvent): string {
  const detail = event.detail ?? {};
  const who = event.actor.name ?? (event.actor.kind === 'customer' ? t('The customer') : 'Shopbell');
  const to = named(detail.to);
  const moved = describeMove(event, who);
  if (moved !== null) return moved;
  switch (event.name) {
    case 'ConversationStarted':
      return t('{who} started the conversation', { who });
    case 'ConversationAssigned':
      return to
        ? to === event.actor.name
          ? t('{who} took this', { who })
          : t('{who} assigned this to {to}', { who, to })
        : t('{who} unassigned this', { who });
    case 'ConversationTeamAssigned':
      return to ? t('{who} gave this to the team {team}', { who, team: to }) : t('{who} took this from its team', { who });
    case 'ConversationStatusChanged':
      return t('{who} set this to {status}', { who, status: status(to) });
    case 'ConversationPriorityChanged':
      return t('{who} set the priority to {priority}', { who, priority: priority(to) });
    case 'ConversationTagged':
      return tagged(who, list(detail.added), list(detail.removed));
    case 'ConversationFieldsChanged':
      return t('{who} changed what is known of this', { who });
    case 'ConversationReopened':
      return event.actor.kind === 'customer' ? t('{who} wrote again, so this reopened', { who }) : t('{who} reopened this', { who });
    case 'ConversationSubjectChanged':
      return to ? t('{who} changed the subject to “{to}”', { who, to }) : t('{who} changed the subject', { who });
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
  if (!detail || detail === 'accepted' || /^2\d\d/.test(detail)) return { text: t('Sent'), tone: 'quiet' };
  if (detail === 'Read' || detail === 'Delivered') {
    const word = detail === 'Read' ? t('Read') : t('Delivered');
    return { text: updatedAt ? `${word} ${longTime(updatedAt, now)}` : word, tone: 'quiet' };
  }
  return { text: t('Sent. {detail}', { detail }), tone: /^(Late|Held|The recipient called)/.test(detail) ? 'warn' : 'quiet' };
}

export function describeDelivery(delivery: Delivery, now: number, writer: string | null = null): DeliveryWords {
  const why = delivery.detail ? ` ${delivery.detail}` : '';
  switch (delivery.state) {
    case 'scheduled':
      return { text: t('Leaves {time}.', { time: delivery.scheduledFor ? comingTime(delivery.scheduledFor, now) : t('later') }), tone: 'quiet' };
    case 'held':
      return { text: t('Held back: {who} wrote before it left.', { who: writer ?? t('the customer') }), tone: 'warn' };
    case 'queued':
      if (delivery.undoableUntil && Date.parse(delivery.undoableUntil) > now) return { text: t('Leaves in a moment.'), tone: 'quiet' };
      return delivery.detail ? { text: `${t('Waiting to be sent')}.${why}`, tone: 'warn' } : { text: t('Waiting to be sent'), tone: 'quiet' };
    case 'sending':
      return { text: t('Sending…'), tone: 'quiet' };
    case 'sent':
      return describeSent(delivery, now);
    case 'deferred':
      return {
        text: `${t('Not delivered yet.')}${why} ${delivery.nextAttemptAt ? t('Next try {time}.', { time: comingTime(delivery.nextAttemptAt, now) }) : ''}`,
        tone: 'warn',
      };
    case 'failed':
      return { text: `${t('Could not be delivered')}.${why}`, tone: 'bad' };
    case 'withheld':
      return { text: t('Demo customer: never mailed'), tone: 'quiet' };
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
