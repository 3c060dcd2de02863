import { queryOptions } from '@tanstack/react-query';
import type { Order, OrderAction, OrderDecision, OrderRow, ParcelState, ShopAction } from '../api/types';
import { get, newKey, post } from '../platform/http';
import { t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { createStore } from '../platform/store';

/** The order that is open over the page, and what is being done with it. */
export interface OpenOrder {
  id: number;
  doing: Doing | null;
  conversationId: number | null;
}

export type Doing = 'cancel' | 'refund' | 'change_address' | 'change_items' | 'return' | 'exchange' | 'resend' | 'note';

export const openOrder = createStore<OpenOrder | null>(null);

export const orderQuery = (id: number) =>
  queryOptions({
    queryKey: keys.order(id),
    queryFn: ({ signal }) => get<Order>(`/orders/${id}`, undefined, signal),
    // The end of what is being done is a fact; this is for the moment in which the line is away.
    refetchInterval: (query) => (query.state.data?.journal.some((each) => isOpen(each)) ? 2_000 : false),
  });

export const decisionQuery = (order: OrderRow, action: ShopAction | null) =>
  queryOptions({
    queryKey: [...keys.order(order.id), 'decision', order.changedAt, action] as const,
    queryFn: () => post<OrderDecision>(`/orders/${order.id}/actions/check`, { action, seenAt: order.changedAt }),
    enabled: action !== null,
    staleTime: 10_000,
  });

export async function ask(order: OrderRow, action: ShopAction, reason: string, conversationId: number | null): Promise<OrderAction> {
  const asked = await post<OrderAction>(
    `/orders/${order.id}/actions`,
    { action, seenAt: order.changedAt, reason: reason.trim() || undefined, conversationId: conversationId ?? undefined },
    newKey(),
  );
  await queryClient.invalidateQueries({ queryKey: keys.order(order.id) });
  return asked;
}

export const isOpen = (action: OrderAction): boolean => ['asked', 'running', 'unknown'].includes(action.state);

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';

/** Where an order is, in a few words. */
export function stageOf(order: OrderRow): { words: string; tone: Tone } {
  if (order.removedAt) return { words: t('No longer in the shop'), tone: 'quiet' };
  if (order.cancelledAt) return { words: t('Cancelled'), tone: 'quiet' };
  if (order.late) return { words: t('Late'), tone: 'bad' };
  const parcel = order.parcels.filter((each) => each.state !== 'cancelled').at(-1);
  if (parcel) return { words: parcelWords(parcel.state), tone: toneOf(parcel.state) };
  if (order.payment === 'pending') return { words: t('Not paid yet'), tone: 'warn' };
  if (order.fulfilment === 'fulfilled') return { words: t('Sent'), tone: 'good' };
  if (order.fulfilment === 'partial') return { words: t('Sent in part'), tone: 'warn' };
  if (order.payment === 'refunded') return { words: t('Refunded'), tone: 'quiet' };
  return { words: t('Being prepared'), tone: 'warn' };
}

export function parcelWords(state: ParcelState): string {
  switch (state) {
    case 'preparing':
      return t('Being packed');
    case 'in_transit':
      return t('On its way');
    case 'out_for_delivery':
      return t('Out for delivery');
    case 'at_pickup':
      return t('To be collected');
    case 'attempted':
      return t('Nobody was there');
    case 'failed':
      return t('Lost or damaged');
    case 'delivered':
      return t('Delivered');
    case 'returned':
      return t('Sent back');
    case 'cancelled':
      return t('Never sent');
  }
}

function toneOf(state: ParcelState): Tone {
  if (state === 'delivered') return 'good';
  return state === 'attempted' || state === 'failed' || state === 'returned' ? 'bad' : 'warn';
}

export function paymentWords(payment: OrderRow['payment']): string {
  switch (payment) {
    case 'pending':
      return t('Not paid yet');
    case 'authorized':
      return t('Authorised');
    case 'partially_paid':
      return t('Paid in part');
    case 'paid':
      return t('Paid');
    case 'partially_refunded':
      return t('Refunded in part');
    case 'refunded':
      return t('Refunded');
    case 'voided':
      return t('Voided');
  }
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The order that a conversation is about comes first: one whose number is named in it; else the only one that is still
 * under way. The others follow, newest first.
 */
export function aboutFirst(orders: OrderRow[], words: string[]): { orders: OrderRow[]; about: OrderRow | null } {
  const text = words.map((each) => each.toLowerCase());
  const named = orders.find((order) => {
    const number = plain(order.number);
    return number.length >= 3 && text.some((each) => each.split(/[\s,;:()"'“”?!]+/).some((word) => plain(word) === number));
  });
  const open = orders.filter((order) => !order.cancelledAt && !order.removedAt && !isSettled(order));
  const about = named ?? (open.length === 1 ? (open[0] ?? null) : null);
  return { orders: about ? [about, ...orders.filter((each) => each !== about)] : orders, about };
}

/** All of it has arrived: nothing is under way any more. */
function isSettled(order: OrderRow): boolean {
  const sent = order.parcels.filter((each) => each.state !== 'cancelled');
  return order.fulfilment === 'fulfilled' && (sent.length === 0 || sent.every((each) => each.state === 'delivered' || each.state === 'returned'));
}
