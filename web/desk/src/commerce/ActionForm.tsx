import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Order, ShopAction } from '../api/types';
import { useSaving } from '../settings/useSaving';
import { t } from '../platform/i18n';
import { toast } from '../platform/toasts';
import { money, parseMoney, typedMoney } from './money';
import { ask, decisionQuery, type Doing } from './orders';
import classes from './Orders.module.css';

interface Props {
  doing: Doing;
  order: Order;
  conversationId: number | null;
  done: () => void;
}

type Line = Order['state']['lines'][number];
type Address = Extract<ShopAction, { kind: 'change_address' }>['address'];

const titles = (doing: Doing): string =>
  ({
    cancel: t('Cancel this order'),
    refund: t('Give money back'),
    change_address: t('Send it to another address'),
    change_items: t('Change the items'),
    return: t('Take items back'),
    exchange: t('Exchange items'),
    resend: t('Send items again'),
    note: t('Note on the order'),
  })[doing];

/** What is wanted, what the policy says to it, and one key that does it. */
export function ActionForm({ doing, order, conversationId, done }: Props) {
  const { row, state } = order;
  const [reason, setReason] = useState('');
  const [cancelReason, setCancelReason] = useState('no_longer_needed');
  const [restock, setRestock] = useState(true);
  const [counts, setCounts] = useState<Record<string, number>>(() => (doing === 'change_items' ? Object.fromEntries(state.lines.map((line) => [line.externalId, line.quantity])) : {}));
  const [variants, setVariants] = useState<Record<string, string>>({});
  const [amount, setAmount] = useState(() => typedMoney(row.total - row.refunded, row.currency));
  const [to, setTo] = useState<'original' | 'store_credit' | 'gift_card'>('original');
  const [address, setAddress] = useState<Address>(() => state.shipTo ?? ({} as Address));
  const [text, setText] = useState('');
  const { busy, save, reason: problem } = useSaving();
  const picked = Object.entries(counts)
    .filter(([, quantity]) => quantity > 0)
    .map(([lineId, quantity]) => ({ lineId, quantity }));
  const swaps = picked.filter((each) => variants[each.lineId]).map((each) => ({ ...each, variantId: variants[each.lineId] as string }));

  const action = (): ShopAction | null => {
    switch (doing) {
      case 'cancel':
        return { kind: 'cancel', reason: cancelReason as never, restock };
      case 'refund': {
        const minor = parseMoney(amount, row.currency);
        return minor === null || minor === 0 ? null : { kind: 'refund', lines: picked, shipping: 0, amount: minor, to, restock: restock && picked.length > 0 };
      }
      case 'change_address':
        return { kind: 'change_address', address };
      case 'change_items': {
        const quantities = state.lines
          .filter((line) => (counts[line.externalId] ?? line.quantity) !== line.quantity)
          .map((line) => ({ lineId: line.externalId, quantity: counts[line.externalId] ?? line.quantity }));
        const changed = swaps.filter((swap) => swap.quantity > 0);
        return quantities.length + changed.length === 0 ? null : { kind: 'change_items', quantities, swaps: changed };
      }
      case 'return':
        return picked.length === 0 ? null : { kind: 'return', lines: picked, reason: reason || undefined };
      case 'exchange':
        return swaps.length === 0 ? null : { kind: 'exchange', swaps, reason: reason || undefined };
      case 'resend':
        return picked.length === 0 ? null : { kind: 'resend', lines: picked };
      case 'note':
        return text.trim() ? { kind: 'note', text: text.trim() } : null;
    }
  };
  const wanted = action();
  const { data: decision } = useQuery({ ...decisionQuery(row, wanted), placeholderData: (before) => before });

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!wanted || busy) return;
    if (await save(() => ask(row, wanted, reason, conversationId))) {
      toast(t('Asked of the shop: {what}', { what: titles(doing) }));
      done();
    }
  };
  const gives = decision?.allowed ? decision.amount : 0;
  return (
    <form className={classes.form} aria-label={titles(doing)} onSubmit={(event) => void onSubmit(event)}>
      <strong>{titles(doing)}</strong>
      {doing === 'cancel' && (
        <>
          <Select label={t('Why')} data-autofocus autoFocus data={reasons()} value={cancelReason} allowDeselect={false} onChange={(value) => value && setCancelReason(value)} />
          <Checkbox label={t('Back into stock')} checked={restock} onChange={(event) => setRestock(event.currentTarget.checked)} />
        </>
      )}
      {doing === 'refund' && (
        <div className={classes.pair}>
          <TextInput label={t('Amount in {currency}', { currency: row.currency })} data-autofocus autoFocus inputMode="decimal" value={amount} onChange={(event) => setAmount(event.currentTarget.value)} />
          <Select
            label={t('To')}
            data={[
              { value: 'original', label: t('How it was paid') },
              { value: 'store_credit', label: t('Store credit') },
              { value: 'gift_card', label: t('Gift card') },
            ]}
            value={to}
            allowDeselect={false}
            onChange={(value) => value && setTo(value as typeof to)}
          />
        </div>
      )}
      {doing === 'change_address' && <AddressFields address={address} change={setAddress} />}
      {(doing === 'return' || doing === 'exchange' || doing === 'resend' || doing === 'change_items' || doing === 'refund') && (
        <Lines
          lines={state.lines}
          counts={counts}
          setCount={(id, quantity) => {
            const next = { ...counts, [id]: quantity };
            setCounts(next);
            if (doing === 'refund') {
              const worth = state.lines.reduce((sum, line) => sum + (line.quantity ? Math.floor(((line.unitPrice * line.quantity - line.discount) * (next[line.externalId] ?? 0)) / line.quantity) : 0), 0);
              if (worth > 0) setAmount(typedMoney(worth, row.currency));
            }
          }}
          variants={doing === 'exchange' || doing === 'change_items' ? order.variants : null}
          chosen={variants}
          choose={(id, variant) => setVariants({ ...variants, [id]: variant })}
          focus={doing !== 'refund'}
        />
      )}
      {doing === 'note' && <Textarea label={t('Note')} data-autofocus autoFocus autosize minRows={2} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />}
      {doing !== 'note' && <TextInput label={t('For the journal: why')} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
      <p className={classes.decision} data-refused={(decision && !decision.allowed) || undefined} role="status">
        {decision && !decision.allowed
          ? decision.words
          : gives > 0
            ? t('{amount} goes to the customer.', { amount: money(gives, row.currency) })
            : ''}
      </p>
      {problem && (
        <p role="alert" className="form-problem">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={done}>
          {t('Back')}
        </Button>
        <Button type="submit" color={doing === 'cancel' ? 'red' : undefined} loading={busy} disabled={!wanted || decision?.allowed === false}>
          {gives > 0 ? t('{what}: {amount}', { what: titles(doing), amount: money(gives, row.currency) }) : titles(doing)}
        </Button>
      </div>
    </form>
  );
}

interface LinesProps {
  lines: Line[];
  counts: Record<string, number>;
  setCount: (lineId: string, quantity: number) => void;
  variants: Order['variants'] | null;
  chosen: Record<string, string>;
  choose: (lineId: string, variant: string) => void;
  focus: boolean;
}

function Lines({ lines, counts, setCount, variants, chosen, choose, focus }: LinesProps) {
  return (
    <ul>
      {lines.map((line, index) => (
        <li key={line.externalId} className={classes.pick}>
          <span className={classes.pickName} dir="auto">
            {line.title} <span className={classes.small}>{line.variant}</span>
          </span>
          {variants && (
            <Select
              data-autofocus={index === 0 || undefined}
              autoFocus={index === 0}
              aria-label={t('Other variant of {title}', { title: line.title })}
              placeholder={t('Other variant')}
              data={(variants[line.externalId] ?? [])
                .filter((each) => each.externalId !== line.variantId)
                .map((each) => ({ value: each.externalId, label: each.stock === 0 ? t('{title}, sold out', { title: each.title }) : each.title }))}
              value={chosen[line.externalId] ?? null}
              onChange={(value) => {
                choose(line.externalId, value ?? '');
                if (value && !counts[line.externalId]) setCount(line.externalId, 1);
              }}
            />
          )}
          <NumberInput
            data-autofocus={(index === 0 && focus && !variants) || undefined}
            autoFocus={index === 0 && focus && !variants}
            aria-label={t('How many of {title}', { title: line.title })}
            w={88}
            min={0}
            max={line.quantity}
            clampBehavior="strict"
            value={counts[line.externalId] ?? 0}
            onChange={(value) => setCount(line.externalId, Number(value) || 0)}
          />
          <span className={classes.small}>{t('of {n}', { n: line.quantity })}</span>
        </li>
      ))}
    </ul>
  );
}

function AddressFields({ address, change }: { address: Address; change: (next: Address) => void }) {
  const field = (key: keyof Address, label: string, focus = false) => (
    <TextInput label={label} data-autofocus={focus || undefined} autoFocus={focus} maxLength={200} value={address[key] ?? ''} onChange={(event) => change({ ...address, [key]: event.currentTarget.value })} />
  );
  return (
    <>
      {field('name', t('Name'), true)}
      {field('line1', t('Street and number'))}
      {field('line2', t('Further'))}
      <div className={classes.pair}>
        {field('postcode', t('Postcode'))}
        {field('city', t('City'))}
      </div>
      <div className={classes.pair}>
        {field('region', t('Region'))}
        {field('country', t('Country'))}
      </div>
    </>
  );
}

const reasons = () => [
  { value: 'no_longer_needed', label: t('No longer needed') },
  { value: 'ordered_by_mistake', label: t('Ordered by mistake') },
  { value: 'out_of_stock', label: t('Out of stock') },
  { value: 'payment', label: t('Payment') },
  { value: 'fraud', label: t('Fraud') },
  { value: 'other', label: t('Something else') },
];
