import { Button } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerPanel, Message, OrderRow } from '../api/types';
import { type Command, useCommands } from '../platform/commands';
import { plural, t } from '../platform/i18n';
import { keys } from '../platform/queries';
import { part } from '../platform/parts';
import { Time } from '../platform/Time';
import { useSession } from '../staff/session';
import { money } from './money';
import { aboutFirst, type Doing, openOrder, parcelWords, stageOf } from './orders';
import classes from './Orders.module.css';

const OrderDialog = part(() => import('./OrderDialog'));

const SHOWN = 4;

interface Props {
  orders: CustomerPanel['parts']['orders'];
  conversationId: number;
  subject: string;
}

/** What this customer has bought, the order in question first. */
export default function CustomerOrders({ orders, conversationId, subject }: Props) {
  const client = useQueryClient();
  const { may } = useSession();
  const [all, setAll] = useState(false);
  const opened = openOrder.use();
  const pages = client.getQueryData<{ pages?: { items: Message[] }[] }>(keys.messages(conversationId))?.pages ?? [];
  const words = [subject, ...pages.flatMap((page) => page.items.map((message) => message.text ?? ''))];
  const { orders: sorted, about } = aboutFirst(orders.items, words);
  const open = (order: OrderRow, doing: Doing | null = null) => openOrder.set({ id: order.id, doing, conversationId });
  const first = about ?? sorted[0];
  useCommands([
    ...(first
      ? [
          {
            id: 'order',
            label: t('Open the order {number}', { number: first.number }),
            group: 'Conversation' as const,
            chord: '$',
            words: t('order purchase parcel shipment'),
            icon: <IconPackage size={16} />,
            run: () => open(first),
          },
        ]
      : []),
    ...(first && may('orders:change')
      ? actionNames().map<Command>(({ doing, label, words: more }) => ({
          id: `order-${doing}`,
          label: t('{action} (order {number})', { action: label, number: first.number }),
          group: 'Conversation',
          words: more,
          icon: <IconPackage size={16} />,
          onlyWhenSearched: true,
          run: () => open(first, doing),
        }))
      : []),
    ...sorted.slice(1).map<Command>((order) => ({
      id: `order-${order.id}`,
      label: t('Open the order {number}', { number: order.number }),
      group: 'Conversation',
      words: order.items.map((item) => item.title).join(' '),
      icon: <IconPackage size={16} />,
      onlyWhenSearched: true,
      run: () => open(order),
    })),
  ]);
  if (orders.items.length === 0) return null;
  return (
    <section className={classes.part}>
      <h3 className={classes.heading}>
        {t('Orders')}
        <span className={classes.spent}>
          {orders.spent.map((each) => plural(each.orders, '{amount} in {n} order', '{amount} in {n} orders', { amount: money(each.total, each.currency) })).join(' · ')}
        </span>
      </h3>
      <ul className={classes.list}>
        {(all ? sorted : sorted.slice(0, SHOWN)).map((order) => (
          <li key={order.id}>
            <OrderCard order={order} about={order === about} onOpen={() => open(order)} />
          </li>
        ))}
      </ul>
      {!all && sorted.length > SHOWN && (
        <Button size="compact-sm" variant="subtle" className={classes.more} onClick={() => setAll(true)}>
          {plural(sorted.length - SHOWN, '{n} more', '{n} more')}
        </Button>
      )}
      {opened && <OrderDialog key={opened.id} opened={opened} />}
    </section>
  );
}

function OrderCard({ order, about, onOpen }: { order: OrderRow; about: boolean; onOpen: () => void }) {
  const stage = stageOf(order);
  const items = order.items.map((item) => `${item.quantity > 1 ? `${item.quantity} × ` : ''}${item.title}${item.variant ? `, ${item.variant}` : ''}`);
  const further = order.itemCount - order.items.length;
  return (
    <button type="button" className={classes.card} data-about={about || undefined} onClick={onOpen}>
      <span className={classes.line}>
        <span className={`truncate ${classes.number}`} dir="auto">
          {order.number}
        </span>
        <span className={classes.stage} data-tone={stage.tone}>
          {stage.words}
        </span>
      </span>
      <span className={`truncate ${classes.items}`} style={{ display: 'block' }} dir="auto">
        {items.join(' · ')}
        {further > 0 && ` · +${further}`}
      </span>
      <Track order={order} />
      <span className={`${classes.line} ${classes.small}`}>
        <span>{money(order.total, order.currency)}</span>
        {order.refunded > 0 && <span>{t('{amount} given back', { amount: money(order.refunded, order.currency) })}</span>}
        <Time at={order.placedAt} />
      </span>
    </button>
  );
}

/** How far it has come, at a glance; said in words beside it. */
function Track({ order }: { order: OrderRow }) {
  const parcel = order.parcels.filter((each) => each.state !== 'cancelled').at(-1);
  if (!parcel || order.cancelledAt) return null;
  const far = { preparing: 1, in_transit: 2, attempted: 3, at_pickup: 3, out_for_delivery: 3, failed: 2, delivered: 4, returned: 4, cancelled: 0 }[parcel.state];
  return (
    <span className={classes.track} aria-hidden title={parcelWords(parcel.state)}>
      {[1, 2, 3, 4].map((step) => (
        <span key={step} className={classes.step} data-done={(step <= far && !order.late) || undefined} data-late={(step <= far && order.late) || undefined} />
      ))}
    </span>
  );
}

export function actionNames(): { doing: Doing; label: string; words: string }[] {
  return [
    { doing: 'refund', label: t('Refund…'), words: t('money back pay') },
    { doing: 'cancel', label: t('Cancel the order…'), words: t('call off stop') },
    { doing: 'change_address', label: t('Change the address…'), words: t('shipping deliver moved') },
    { doing: 'change_items', label: t('Change the items…'), words: t('quantity size colour remove') },
    { doing: 'return', label: t('Take back…'), words: t('return send back') },
    { doing: 'exchange', label: t('Exchange…'), words: t('swap size colour variant') },
    { doing: 'resend', label: t('Send again…'), words: t('replace lost broken') },
    { doing: 'note', label: t('Note on the order…'), words: t('comment remark') },
  ];
}
