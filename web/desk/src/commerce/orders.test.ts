import { expect, test } from 'vitest';
import type { OrderRow } from '../api/types';
import { aboutFirst } from './orders';

const order = (number: string, more: Partial<OrderRow> = {}): OrderRow => ({
  id: Number(number.replace(/\D/g, '')),
  shopId: 1,
  customerId: 1,
  number,
  placedAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
  currency: 'EUR',
  total: 100,
  refunded: 0,
  payment: 'paid',
  fulfilment: 'fulfilled',
  cancelledAt: null,
  removedAt: null,
  late: false,
  items: [],
  itemCount: 0,
  parcels: [],
  ...more,
});

test('the order that is named comes first, however it is written', () => {
  const orders = [order('BW-10566'), order('#1001'), order('BW-10418')];
  expect(aboutFirst(orders, ['Where has bw-10418 got to?']).about?.number).toBe('BW-10418');
  expect(aboutFirst(orders, ['order no. 1001, please']).orders[0]?.number).toBe('#1001');
  expect(aboutFirst(orders, ['“BW10566”']).about?.number).toBe('BW-10566');
});

test('a number within another is not named', () => {
  expect(aboutFirst([order('#1001')], ['my phone is 10015']).about).toBeNull();
});

test('without a number it is the only one that is under way', () => {
  const open = order('A-2000', { fulfilment: 'unfulfilled' });
  expect(aboutFirst([order('A-1000'), open], ['where is my parcel']).about).toBe(open);
  expect(aboutFirst([open, order('A-3000', { fulfilment: 'unfulfilled' })], ['where is it']).about).toBeNull();
});
