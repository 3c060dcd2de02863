import { queryOptions } from '@tanstack/react-query';
import type { Page, Webhook, WebhookDelivery, WebhookEventType } from '../../api/types';
import { factWords } from '../../installation/factNames';
import { get } from '../http';
import { plural, t } from '../i18n';
import { queryClient } from '../queries';

const KEY = ['webhooks'] as const;

/** Deliveries are no facts, so nobody says when they come. */
const LOOK_AGAIN = 3_000;

export const webhooksQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => get<Page<Webhook>>('/webhooks', undefined, signal),
});

export const watchedWebhooksQuery = { ...webhooksQuery, refetchInterval: LOOK_AGAIN, staleTime: 0 };

export const eventsQuery = queryOptions({
  queryKey: ['webhook-events'] as const,
  queryFn: ({ signal }) => get<Page<WebhookEventType>>('/webhooks/events', undefined, signal),
  staleTime: Infinity,
});

export const deliveriesQuery = (id: number, troubled: boolean) =>
  queryOptions({
    queryKey: [...KEY, id, 'deliveries', troubled] as const,
    queryFn: async ({ signal }) => {
      const state = (which?: string) => get<Page<WebhookDelivery>>(`/webhooks/${id}/deliveries`, { limit: 30, state: which }, signal);
      if (!troubled) return (await state()).items;
      const [waiting, failed] = await Promise.all([state('waiting'), state('failed')]);
      return [...waiting.items, ...failed.items].sort((a, b) => b.id - a.id);
    },
    refetchInterval: LOOK_AGAIN,
    staleTime: 0,
  });

export function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: KEY });
}

/** What an event is called, with a capital. */
export function eventName(fact: string): string {
  const words = factWords(fact);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const GROUPS: Record<string, string> = {
  get Messages() { return t('Messages'); },
  get Conversations() { return t('Conversations'); },
  get Customers() { return t('Customers'); },
  get Orders() { return t('Orders'); },
  get Mailboxes() { return t('Mailboxes'); },
  get People() { return t('People'); },
};

/** What most come for first; what this desk does not know yet at the end. */
export function groupsOf(events: WebhookEventType[]): string[] {
  const found = new Set(events.map((each) => each.group));
  const known = Object.keys(GROUPS).filter((each) => found.has(each));
  return [...new Set([...known, ...found])];
}

export function groupName(group: string): string {
  return GROUPS[group] ?? group;
}

export function hostOf(webhook: Webhook): string {
  try {
    return new URL(webhook.url).host;
  } catch {
    return webhook.url;
  }
}

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';

export function toneOf(webhook: Webhook): Tone {
  if (webhook.state === 'disabled') return 'bad';
  if (webhook.state === 'paused') return 'quiet';
  return webhook.failingSince ? 'warn' : 'good';
}

/** How it is, in a few words. */
export function stateOf(webhook: Webhook): string {
  if (webhook.state === 'paused') return t('Paused');
  if (webhook.state === 'disabled') {
    switch (webhook.disabledBecause) {
      case 'gone':
        return t('Disabled: it does not want to be told');
      case 'failing':
        return t('Disabled: it took nothing for days');
      default:
        return t('Disabled: its owner has no access any more');
    }
  }
  if (webhook.failingSince) return t('Not reached');
  return webhook.deliveredAt ? t('Works') : t('Waits for the first event');
}

export function toldOf(webhook: Webhook): string {
  return webhook.events ? plural(webhook.events.length, '{n} event', '{n} events') : t('All events');
}

export function deliveryTone(delivery: WebhookDelivery): Tone {
  if (delivery.state === 'delivered') return 'good';
  return delivery.state === 'waiting' ? 'warn' : 'bad';
}

export function deliveryState(delivery: WebhookDelivery): string {
  switch (delivery.state) {
    case 'delivered':
      return t('Delivered');
    case 'waiting':
      return t('Will be tried again');
    case 'failed':
      return t('Given up');
  }
}
