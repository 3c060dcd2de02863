import { QueryClient } from '@tanstack/react-query';
import { Refusal } from './http';

/** What a list is asked for; the same shape in the address bar, the cache and the request. */
export interface ListFilter {
  view: string;
  q?: string;
  brand?: number;
}

/** Every key of the cache, in one place: the live connection must be able to name them all. */
export const keys = {
  session: ['session'] as const,
  installation: ['installation'] as const,
  agents: ['agents'] as const,
  brands: ['brands'] as const,
  mailboxes: ['mailboxes'] as const,
  mailDomains: ['mail-domains'] as const,
  signatures: ['signatures'] as const,
  mailAccounts: ['mail-accounts'] as const,
  tags: ['tags'] as const,
  tokens: ['tokens'] as const,
  audit: ['audit'] as const,
  counters: ['counters'] as const,
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
  customers: ['customer'] as const,
  customer: (id: number) => ['customer', id] as const,
};

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The live connection says what changed; age alone makes nothing stale for a while.
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      retry: (failures, error) => !(error instanceof Refusal && error.status < 500) && failures < 3,
      retryDelay: (attempt) => Math.min(8_000, 500 * 2 ** attempt),
      // Whether the browser believes it is online says nothing about a server next door.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
