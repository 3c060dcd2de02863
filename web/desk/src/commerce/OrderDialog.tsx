import { Button, Modal } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Order, OrderAction, Parcel } from '../api/types';
import { Bone } from '../platform/Bone';
import { CopyAction } from '../platform/CopyText';
import { t } from '../platform/i18n';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import { usePhone } from '../platform/usePhone';
import { Words } from '../platform/Words';
import { useAgents, useSession } from '../staff/session';
import { ActionForm } from './ActionForm';
import { actionNames } from './CustomerOrders';
import { money } from './money';
import { type Doing, isOpen, type OpenOrder, openOrder, orderQuery, parcelWords, paymentWords, stageOf } from './orders';
import classes from './Orders.module.css';

const close = () => openOrder.set(null);

/** An order, and all that can be done with it. */
export default function OrderDialog({ opened }: { opened: OpenOrder }) {
  const phone = usePhone();
  const query = useQuery(orderQuery(opened.id));
  const order = query.data;
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      fullScreen={phone}
      title={order ? t('Order {number}', { number: order.row.number }) : t('Order')}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {order ? (
        <Opened order={order} opened={opened} />
      ) : query.isError ? (
        <Trouble error={query.error} what={t('this order')} retry={() => void query.refetch()} />
      ) : (
        <Bone width="100%" height={240} />
      )}
    </Modal>
  );
}

const KINDS: Record<Doing, Order['actions'][number]> = {
  cancel: 'cancel',
  refund: 'refund',
  change_address: 'change_address',
  change_items: 'change_items',
  return: 'return_items',
  exchange: 'exchange',
  resend: 'resend',
  note: 'note',
};

function Opened({ order, opened }: { order: Order; opened: OpenOrder }) {
  const { may } = useSession();
  const { row, state } = order;
  const stage = stageOf(row);
  const busy = order.journal.some(isOpen);
  const offered = actionNames().filter((each) => order.actions.includes(KINDS[each.doing]));
  const begin = (doing: Doing | null) => openOrder.set({ ...opened, doing });
  return (
    <>
      <div className={classes.head}>
        <span className={classes.stage} data-tone={stage.tone}>
          {stage.words}
        </span>
        <span>{paymentWords(row.payment)}</span>
        <span className={classes.small}>
          <Words of={t('placed {time}')} time={<Time at={row.placedAt} />} />
        </span>
        <span className={classes.small}>{order.shop}</span>
        <CopyAction text={order.trackingUrl} label={t('Copy the link by which the customer sees it')} />
        {order.adminUrl && (
          <a href={order.adminUrl} target="_blank" rel="noreferrer" className={classes.small}>
            {t('Open in the shop')} <IconExternalLink size={12} aria-hidden />
          </a>
        )}
      </div>
      {may('orders:change') &&
        (opened.doing ? (
          <ActionForm key={`${opened.doing} ${row.changedAt}`} doing={opened.doing} order={order} conversationId={opened.conversationId} done={() => begin(null)} />
        ) : (
          <div className={classes.actions}>
            {offered.map((each, index) => (
              <Button key={each.doing} data-autofocus={index === 0 || undefined} variant="default" size="compact-md" disabled={busy && each.doing !== 'note'} onClick={() => begin(each.doing)}>
                {each.label}
              </Button>
            ))}
          </div>
        ))}
      <Journal journal={order.journal} currency={row.currency} />
      <section className={classes.section} aria-label={t('Items')}>
        <table className={classes.table}>
          <tbody>
            {state.lines.map((line) => (
              <tr key={line.externalId}>
                <td dir="auto">
                  {line.quantity} × {line.title}
                  {line.variant && <span className={classes.small}> {line.variant}</span>}
                </td>
                <td className={classes.amount}>{money(line.unitPrice * line.quantity - line.discount, row.currency)}</td>
              </tr>
            ))}
            {state.charges
              .filter((charge) => charge.amount !== 0)
              .map((charge, index) => (
                <tr key={index}>
                  <td className={classes.small} dir="auto">
                    {charge.title || t('Rounding and other')}
                  </td>
                  <td className={classes.amount}>{money(charge.amount, row.currency)}</td>
                </tr>
              ))}
            {state.taxes.map((tax, index) => (
              <tr key={`tax-${index}`} className={classes.small}>
                <td dir="auto">{tax.included ? t('{tax}, included', { tax: tax.title }) : tax.title}</td>
                <td className={classes.amount}>{money(tax.amount, row.currency)}</td>
              </tr>
            ))}
            <tr className={classes.sum}>
              <td>{t('Total')}</td>
              <td className={classes.amount}>{money(row.total, row.currency)}</td>
            </tr>
            {row.refunded > 0 && (
              <tr>
                <td>{t('Given back')}</td>
                <td className={classes.amount}>{money(-row.refunded, row.currency)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
      {row.parcels.map((parcel) => (
        <ParcelSection key={parcel.id} parcel={parcel} />
      ))}
      <div className={`${classes.section} ${classes.columns}`}>
        <div>
          <h3 className={classes.sectionTitle}>{t('Sent to')}</h3>
          <address className={classes.address} dir="auto">
            {addressLines(state.shipTo) || t('No address')}
          </address>
        </div>
        <div>
          <h3 className={classes.sectionTitle}>{t('Paid with')}</h3>
          {state.payments.length === 0 && <p className={classes.small}>{t('Nothing yet')}</p>}
          {state.payments.map((payment, index) => (
            <p key={index}>
              {payment.method} <span className={classes.small}>{money(payment.amount, row.currency)}</span>
            </p>
          ))}
        </div>
      </div>
      {state.note && (
        <section className={classes.section}>
          <h3 className={classes.sectionTitle}>{t('Note')}</h3>
          <p className={classes.address} dir="auto">
            {state.note}
          </p>
        </section>
      )}
    </>
  );
}

export function addressLines(to: Order['state']['shipTo'] | null): string {
  if (!to) return '';
  return [to.name, to.company, to.line1, to.line2, [to.postcode, to.city].filter(Boolean).join(' '), [to.region, to.country].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join('\n');
}

function ParcelSection({ parcel }: { parcel: Parcel }) {
  return (
    <section className={classes.section} aria-label={t('Parcel')}>
      <h3 className={classes.sectionTitle}>
        {parcel.carrier ?? t('Parcel')} · {parcelWords(parcel.state)}
        {parcel.expectedAt && parcel.state !== 'delivered' && (
          <>
            {' · '}
            <Words of={t('expected {day}')} day={<Time at={parcel.expectedAt} as="day" />} />
          </>
        )}
      </h3>
      {parcel.trackingNumber && (
        <p className={classes.line}>
          {parcel.trackingUrl && /^https?:/.test(parcel.trackingUrl) ? (
            <a href={parcel.trackingUrl} target="_blank" rel="noreferrer">
              {parcel.trackingNumber}
            </a>
          ) : (
            <span>{parcel.trackingNumber}</span>
          )}
          <CopyAction text={parcel.trackingNumber} label={t('Copy {value}', { value: parcel.trackingNumber })} />
        </p>
      )}
      <ol className={classes.scans}>
        {parcel.checkpoints.map((scan, index) => (
          <li key={index} className={classes.scan} dir="auto">
            {scan.words ?? parcelWords(scan.state)} <span className={classes.small}>{scan.place}</span>{' '}
            <span className={classes.small}>
              <Time at={scan.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Journal({ journal, currency }: { journal: OrderAction[]; currency: string }) {
  const agents = useAgents();
  if (journal.length === 0) return null;
  const who = (action: OrderAction) => agents.find((each) => each.id === action.actorId)?.name ?? t('Somebody');
  return (
    <section className={classes.section} aria-label={t('What was done')}>
      <h3 className={classes.sectionTitle}>{t('What was done')}</h3>
      <ol>
        {journal.map((action) => (
          <li key={action.id} aria-live={isOpen(action) ? 'polite' : undefined}>
            {doneWords(action)}
            {action.amount > 0 && ` · ${money(action.amount, currency)}`}
            {' · '}
            <span className={classes.stage} data-tone={action.state === 'done' ? 'good' : action.state === 'refused' || action.state === 'stuck' ? 'bad' : 'warn'}>
              {stateWords(action)}
            </span>{' '}
            <span className={classes.small}>
              {who(action)}, <Time at={action.askedAt} />
              {action.reason && ` · ${action.reason}`}
            </span>
            {action.words && <p className={classes.small}>{action.words}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function doneWords(action: OrderAction): string {
  switch (action.action.kind) {
    case 'cancel':
      return t('Cancellation');
    case 'refund':
      return t('Refund');
    case 'change_address':
      return t('Another address');
    case 'change_items':
      return t('Other items');
    case 'return':
      return t('Return');
    case 'exchange':
      return t('Exchange');
    case 'resend':
      return t('Sent again');
    case 'note':
      return t('Note');
    default:
      return t('Order');
  }
}

function stateWords(action: OrderAction): string {
  switch (action.state) {
    case 'asked':
    case 'running':
      return t('under way');
    case 'unknown':
      return t('the shop has not answered, we are looking');
    case 'done':
      return t('done');
    case 'refused':
      return t('not done');
    case 'stuck':
      return t('unknown: look in the shop');
  }
}
