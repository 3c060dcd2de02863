import { QueryClient } from '@tanstack/react-query';
import type { Condition, ViewSort } from '../api/types';
import { Refusal, Unreachable } from './http';

/** What a list is asked for; the same shape in the address bar, the cache and the request. */
export interface ListFilter {
  view: string;
  q?: string;
  brand?: number;
  /** In place of the view's own conditions. */
  filter?: Condition[];
  /** In place of the view's own order. */
  sort?: ViewSort;
}

/** Every key of the cache, in one place: the live connection must be able to name them all. */
export const keys = {
  session: ['session'] as const,
  ownKeys: ['keys'] as const,
  sessions: ['sessions'] as const,
  passkeys: ['passkeys'] as const,
  ownSignIn: ['own-sign-in'] as const,
  signInPolicy: ['sign-in-policy'] as const,
  identityProviders: ['identity-providers'] as const,
  offeredProviders: ['offered-providers'] as const,
  ownProviders: ['own-providers'] as const,
  installation: ['installation'] as const,
  status: ['status'] as const,
  agents: ['agents'] as const,
  roles: ['roles'] as const,
  teams: ['teams'] as const,
  brands: ['brands'] as const,
  mailboxes: ['mailboxes'] as const,
  mailDomains: ['mail-domains'] as const,
  signatures: ['signatures'] as const,
  mailAccounts: ['mail-accounts'] as const,
  tags: ['tags'] as const,
  fields: ['fields'] as const,
  tokens: ['tokens'] as const,
  audit: ['audit'] as const,
  counters: ['counters'] as const,
  views: ['views'] as const,
  suggestions: ['search-suggestions'] as const,
  notificationCounters: ['notifications', 'counters'] as const,
  notificationLines: ['notifications', 'lines'] as const,
  notifications: ['notifications'] as const,
  notificationSettings: ['notification settings'] as const,
  pushDevices: ['push devices'] as const,
  followers: (id: number) => ['followers', id] as const,
  lists: ['conversations'] as const,
  list: (filter: ListFilter) => ['conversations', filter] as const,
  conversation: (id: number) => ['conversation', id] as const,
  everyMessage: ['messages'] as const,
  messages: (id: number) => ['messages', id] as const,
  library: (brandId: number) => ['library', brandId] as const,
  trustedSenders: ['trusted senders'] as const,
  drafts: ['drafts'] as const,
  startDraft: ['start-draft'] as const,
  events: (id: number) => ['events', id] as const,
  order: (id: number) => ['order', id] as const,
  shops: ['shops'] as const,
  customers: ['customer'] as const,
  customer: (id: number) => ['customer', id] as const,
};

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The live connection says what changed; age alone makes nothing stale for a while.
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      // A server that is being restarted is back in seconds: until then there is nothing to complain of.
      retry: (failures, error) => {
        if (error instanceof Refusal && error.status !== 503) return error.status >= 500 && failures < 3;
        return failures < (error instanceof Unreachable || error instanceof Refusal ? 8 : 3);
      },
      retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt),
      // Whether the browser believes it is online says nothing about a server next door.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
