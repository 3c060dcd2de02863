import { queryOptions } from '@tanstack/react-query';
import type { Agent, Page, Permission, RoleEntry } from '../api/types';
import { get } from '../platform/http';
import { t } from '../platform/i18n';
import { longTime } from '../platform/instants';
import { keys } from '../platform/queries';

export const rolesQuery = queryOptions({
  queryKey: keys.roles,
  queryFn: ({ signal }) => get<Page<RoleEntry>>('/roles', { limit: 200 }, signal),
  staleTime: 10 * 60_000,
});

interface Explained {
  name: string;
  text: string;
}

/** In the order in which people ask about them. */
export function permissionWords(): Record<Permission, Explained> {
  return {
    'conversations:read': { name: t('Read conversations'), text: t('Read the conversations and customers that one sees.') },
    'conversations:reply': { name: t('Reply'), text: t('Answer customers, write notes and start conversations.') },
    'conversations:change': { name: t('Change conversations'), text: t('Assign, close, snooze and tag them, and set their priority.') },
    'customers:change': { name: t('Change customers'), text: t('Correct what is known of them, such as their name.') },
    'customers:erase': { name: t('Erase customers'), text: t('Export and erase everything that is kept of a customer, for good.') },
    'orders:change': { name: t('Change orders'), text: t('Cancel, refund, return and change orders, as far as the rules of the shop allow.') },
    'shops:manage': { name: t('Manage shops'), text: t('Connect shops, and say what may be done with their orders.') },
    'tags:manage': { name: t('Manage tags'), text: t('Rename, colour, merge and archive tags.') },
    'fields:manage': { name: t('Manage fields'), text: t('Add fields to conversations and customers, and change them.') },
    'library:manage': { name: t('Manage the library'), text: t('Add files that agents attach again and again.') },
    'brands:manage': { name: t('Manage brands'), text: t('Name, look, time zone and signature of a shop.') },
    'mail:manage': { name: t('Manage mailboxes'), text: t('Mailboxes, mail accounts and the domains that mail is sent from.') },
    'teams:manage': { name: t('Manage teams'), text: t('Make teams and say who is in them.') },
    'agents:manage': { name: t('Manage people'), text: t('Invite people, end their access, say what they do and see.') },
    'roles:manage': { name: t('Manage roles'), text: t('Make roles and say what they may do.') },
    'tokens:manage': { name: t('Manage tokens'), text: t('Make tokens for programs that act in one’s own name.') },
    'webhooks:manage': { name: t('Manage webhooks'), text: t('Have other programs told what happens, with all that one sees oneself.') },
    'audit:read': { name: t('Read the audit'), text: t('See who did what and when.') },
    'metrics:read': { name: t('Read metrics'), text: t('How the program itself is doing, for monitoring.') },
    'installation:manage': { name: t('Manage the installation'), text: t('The installation as a whole, such as its demo shop.') },
  };
}

/** Built-in roles are named in the agent's language, those of the shop as the shop has named them. */
export function roleTitle(role: { id: string; name: string }): string {
  switch (role.id) {
    case 'owner':
      return t('Owner');
    case 'lead':
      return t('Lead');
    case 'agent':
      return t('Agent');
    case 'guest':
      return t('Guest');
    default:
      return role.name;
  }
}

export function roleText(role: RoleEntry): string {
  switch (role.id) {
    case 'owner':
      return t('May do everything and sees everything.');
    case 'lead':
      return t('Sets up the shop and its teams, but gives nobody access.');
    case 'agent':
      return t('Answers customers.');
    case 'guest':
      return t('Answers customers until a day that is set, and changes nothing else.');
    default:
      return role.explanation;
  }
}

const DAY = 86_400_000;

/** "expires in 6 days" */
export function endOf(agent: Agent, now: number): string | null {
  if (!agent.expiresAt || !agent.active) return null;
  const left = Date.parse(agent.expiresAt) - now;
  if (left < DAY) return t('access ends today');
  const days = Math.round(left / DAY);
  return days < 60 ? (days === 1 ? t('expires tomorrow') : t('expires in {n} days', { n: days })) : t('expires {when}', { when: longTime(agent.expiresAt, now) });
}

/** The end of the day that a date field names, where the agent is. */
export function endOfDay(date: string): string {
  return new Date(`${date}T23:59:59`).toISOString();
}

export function dateOf(instant: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
