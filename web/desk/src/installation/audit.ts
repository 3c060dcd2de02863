import { infiniteQueryOptions } from '@tanstack/react-query';
import type { AuditEntry, Page } from '../api/types';
import { get, type Query } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import { factNames } from './factNames';

/** What of the audit is shown, as it stands in the address bar. Days as 2026-11-22. */
export interface AuditFilter {
  by?: number;
  about?: number;
  /** A kind, or the name of a fact. */
  what?: string;
  from?: string;
  to?: string;
}

/** Each fact belongs to the first that fits. */
const KINDS: { kind: string; label: string; of: RegExp }[] = [
  { kind: 'sign-in', get label() { return t('Sign-in and access'); }, of: /^(SignedIn|SignIn|IdentityProvider|Password|RescueLink|RecoveryCode|SecondStep|Sessions|NewDevice|Token)/ },
  { kind: 'people', get label() { return t('People and roles'); }, of: /^(Agent|Role|Team|Availability)/ },
  { kind: 'answers', get label() { return t('Messages and notes'); }, of: /^(Message|Reply|Note|OwnText)/ },
  { kind: 'conversations', get label() { return t('Conversations'); }, of: /^Conversation/ },
  { kind: 'customers', get label() { return t('Customers'); }, of: /^(Customer|Identity|Duplicate)/ },
  { kind: 'mail', get label() { return t('Mailboxes and senders'); }, of: /^(Mail|Dkim|TrustedSender|Signature)/ },
  { kind: 'settings', get label() { return t('Other settings'); }, of: /./ },
];

const kindOf = (name: string) => KINDS.find((kind) => kind.of.test(name))?.kind;

/** What can be chosen: whole kinds, and below each what belongs to it. */
export function auditChoices() {
  const all = Object.entries(factNames());
  return KINDS.map(({ kind, label }) => ({
    group: label,
    items: [
      { value: kind, label: t('All: {kind}', { kind: label }) },
      ...all.filter(([name]) => kindOf(name) === kind).map(([value, words]) => ({ value, label: words })),
    ],
  }));
}

const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined);

export function readAuditFilter(search: Record<string, unknown>): AuditFilter {
  return {
    by: Number(search.by) || undefined,
    about: Number(search.about) || undefined,
    what: typeof search.what === 'string' && /^[\w-]{1,60}$/.test(search.what) ? search.what : undefined,
    from: day(search.from),
    to: day(search.to),
  };
}

/** Days are those of whoever looks. */
export function auditQueryOf({ by, about, what, from, to }: AuditFilter): Query {
  const names = KINDS.some(({ kind }) => kind === what) ? Object.keys(factNames()).filter((name) => kindOf(name) === what) : what ? [what] : [];
  const start = (of: string, daysLater: number) => {
    const date = new Date(`${of}T00:00`);
    date.setDate(date.getDate() + daysLater);
    return date.toISOString();
  };
  return { by, about, name: names.join(','), from: from && start(from, 0), to: to && start(to, 1) };
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.audit, filter],
    queryFn: ({ pageParam, signal }) => get<Page<AuditEntry>>('/audit', { ...auditQueryOf(filter), limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
