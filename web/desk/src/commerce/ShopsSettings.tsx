import { Button, PasswordInput, Radio, Select, TextInput } from '@mantine/core';
import { IconBuildingStore, IconPlus } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Brand, OrderPolicy, Page, Shop, ShopKind } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { Bone } from '../platform/Bone';
import { useCommands } from '../platform/commands';
import { CopyBox } from '../platform/CopyText';
import { Empty } from '../platform/Empty';
import { del, get, patch, post, put } from '../platform/http';
import { plural, t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import { Words } from '../platform/Words';
import settings from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import classes from './Orders.module.css';

const shopsQuery = queryOptions({
  queryKey: keys.shops,
  queryFn: ({ signal }) => get<Page<Shop>>('/shops', undefined, signal),
  // How far a shop is read is no fact.
  refetchInterval: 3_000,
  staleTime: 0,
});

const kindsQuery = queryOptions({
  queryKey: ['shop-kinds'] as const,
  queryFn: ({ signal }) => get<Page<ShopKind>>('/shops/kinds', undefined, signal),
  staleTime: Infinity,
});

const policyQuery = (brandId: number) =>
  queryOptions({
    queryKey: [...keys.brands, brandId, 'order-policy'] as const,
    queryFn: ({ signal }) => get<OrderPolicy>(`/brands/${brandId}/order-policy`, undefined, signal),
  });

const refresh = () => void queryClient.invalidateQueries({ queryKey: keys.shops });

/** The shops whose orders stand beside the conversations, and what may be done with them. */
export default function ShopsSettings() {
  const query = useQuery(shopsQuery);
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const [connecting, setConnecting] = useState(false);
  useCommands([{ id: 'connect-shop', label: t('Connect a shop'), group: 'Desk', icon: <IconPlus size={16} />, run: () => setConnecting(true) }]);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the shops')} retry={() => void query.refetch()} />;
  if (!query.data) return <Bone width="100%" height={240} />;
  const shops = query.data.items;
  const begin = <Button onClick={() => setConnecting(true)}>{t('Connect a shop')}</Button>;
  return (
    <>
      <div className={settings.bar}>
        <p className={settings.grow}>{t('Orders, parcels and products of your shop stand beside every conversation, and can be put right from there.')}</p>
        {shops.length > 0 && !connecting && begin}
      </div>
      {connecting && <ConnectShop brands={brands} close={() => setConnecting(false)} />}
      {shops.length === 0 && !connecting && (
        <Empty icon={<IconBuildingStore size={24} />} title={t('No shop is connected')} action={begin}>
          {t('Shopify, WooCommerce, or any other by a small documented interface.')}
        </Empty>
      )}
      <ul aria-label={t('Shops')}>
        {shops.map((shop) => (
          <li key={shop.id}>
            <ShopEntry shop={shop} brand={brands.find((each) => each.id === shop.brandId)} many={brands.length > 1} />
          </li>
        ))}
      </ul>
      {brands.map((brand) => (
        <PolicyForm key={brand.id} brand={brand} many={brands.length > 1} />
      ))}
    </>
  );
}

function stateOf(shop: Shop): { words: string; tone: string } {
  if (shop.state === 'paused') return { words: t('Paused'), tone: 'quiet' };
  if (shop.state === 'refused') return { words: t('Refuses us'), tone: 'bad' };
  if (shop.trouble) return { words: t('Does not answer'), tone: 'bad' };
  if (shop.orders && !shop.orders.endedAt && !shop.orders.since) return { words: t('Being read'), tone: 'warn' };
  return { words: t('Connected'), tone: 'good' };
}

function ShopEntry({ shop, brand, many }: { shop: Shop; brand: Brand | undefined; many: boolean }) {
  const [open, setOpen] = useState(false);
  const [again, setAgain] = useState(false);
  const { busy, save, reason } = useSaving();
  const state = stateOf(shop);
  const run = (work: () => Promise<unknown>, done: string) => void save(async () => {
    await work();
    refresh();
  }, done);
  return (
    <>
      <div className={settings.row}>
        <div className={settings.grow}>
          <p className="truncate" dir="auto">
            <strong>{shop.name}</strong> {many && brand && <span className={settings.quiet}>{brand.name}</span>}
          </p>
          <p className={`truncate ${settings.quiet}`} dir="ltr">
            {shop.address}
          </p>
          <p className={settings.quiet}>
            <span className={classes.stage} data-tone={state.tone}>
              {state.words}
            </span>
            {shop.orders && ` · ${plural(shop.orders.read, '{n} order read', '{n} orders read')}`}
            {shop.heardAt && (
              <>
                {' · '}
                <Words of={t('called us {time}')} time={<Time at={shop.heardAt} />} />
              </>
            )}
          </p>
          {shop.trouble && <p className={settings.warn}>{shop.trouble}</p>}
          {shop.missing.length > 0 && <p className={settings.warn}>{t('The key may not yet: {names}', { names: shop.missing.join(', ') })}</p>}
        </div>
        <Button variant="subtle" aria-expanded={open} aria-label={`${open ? t('Close') : t('Show')} ${shop.name}`} onClick={() => setOpen(!open)}>
          {open ? t('Close') : t('Show')}
        </Button>
      </div>
      {open && (
        <div className={settings.card}>
          {shop.hooked !== true && shop.kind !== 'demo' && (
            <>
              <p>{t('Enter this address in the shop as a webhook for orders and products. Until it calls, changes are read each night.')}</p>
              <CopyBox text={shop.hookUrl} label={t('Copy the address')} />
              <HookSecret shop={shop} />
            </>
          )}
          {reason && (
            <p role="alert" className="form-problem">
              {reason}
            </p>
          )}
          {again ? (
            <ConnectShop brands={brand ? [brand] : []} shop={shop} close={() => setAgain(false)} />
          ) : (
            <div className={settings.actions}>
              <Button variant="default" loading={busy} onClick={() => run(() => patch(`/shops/${shop.id}`, { paused: shop.state !== 'paused' }), shop.state === 'paused' ? t('The shop is read again') : t('The shop is paused'))}>
                {shop.state === 'paused' ? t('Go on') : t('Pause')}
              </Button>
              <Button variant="default" onClick={() => run(() => post(`/shops/${shop.id}/read-again`), t('All of it is read again'))}>
                {t('Read all again')}
              </Button>
              {shop.kind !== 'demo' && (
                <Button variant="default" onClick={() => setAgain(true)}>
                  {t('Connect anew…')}
                </Button>
              )}
              <RemoveShop shop={shop} />
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** By which Shopbell knows the shop when it calls. */
function HookSecret({ shop }: { shop: Shop }) {
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, save, reason } = useSaving();
  if (secret !== null) return <CopyBox text={secret} label={t('Copy the secret')} />;
  return (
    <>
      <Button variant="subtle" loading={busy} onClick={() => void save(async () => setSecret((await post<{ secret: string }>(`/shops/${shop.id}/hook-secret`)).secret))}>
        {t('Show the secret that it signs with')}
      </Button>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
    </>
  );
}

/** What was read goes with it; it can be read again, so a second click is enough. */
function RemoveShop({ shop }: { shop: Shop }) {
  const [sure, setSure] = useState(false);
  const { busy, save } = useSaving();
  return sure ? (
    <Button
      color="red"
      loading={busy}
      autoFocus
      onBlur={() => setSure(false)}
      onClick={() =>
        void save(async () => {
          await del(`/shops/${shop.id}`);
          refresh();
        }, t('The connection is ended'))
      }
    >
      {t('Yes, with its orders here')}
    </Button>
  ) : (
    <Button variant="default" onClick={() => setSure(true)}>
      {t('End the connection…')}
    </Button>
  );
}

function ConnectShop({ brands, shop, close }: { brands: Brand[]; shop?: Shop; close: () => void }) {
  const kinds = useQuery(kindsQuery).data?.items ?? [];
  const [kind, setKind] = useState(shop?.kind ?? '');
  const [brandId, setBrandId] = useState(shop?.brandId ?? brands[0]?.id);
  const [address, setAddress] = useState(shop?.address ?? '');
  const [credentials, setCredentials] = useState<Record<string, string>>({});
  const { busy, save, reason } = useSaving();
  const chosen = kinds.find((each) => each.kind === (kind || kinds[0]?.kind));
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    const done = await save(
      async () => {
        if (shop) await patch(`/shops/${shop.id}`, { address: address.trim(), credentials });
        else await post('/shops', { brandId, kind: chosen.kind, address: address.trim(), credentials });
        refresh();
      },
      t('Connected. Orders are being read.'),
    );
    if (done) close();
  };
  return (
    <form className={settings.card} aria-label={t('Connect a shop')} onSubmit={(event) => void onSubmit(event)}>
      <div className={settings.form}>
        {!shop && (
          <Radio.Group label={t('Shop system')} value={chosen?.kind ?? ''} onChange={setKind}>
            <div className={settings.stack}>
              {kinds.map((each) => (
                <Radio key={each.kind} value={each.kind} label={each.title} />
              ))}
            </div>
          </Radio.Group>
        )}
        {!shop && brands.length > 1 && (
          <Select
            label={t('Brand')}
            data={brands.map((each) => ({ value: String(each.id), label: each.name }))}
            value={String(brandId)}
            allowDeselect={false}
            onChange={(value) => setBrandId(Number(value))}
          />
        )}
        <TextInput label={t('Address of the shop')} placeholder="https://" required withAsterisk={false} maxLength={500} value={address} onChange={(event) => setAddress(event.currentTarget.value)} />
        {chosen?.credentials.map((each) => {
          const Field = each.secret ? PasswordInput : TextInput;
          return (
            <Field
              key={each.key}
              label={each.label}
              description={each.help}
              required={each.required && !shop}
              withAsterisk={false}
              autoComplete="off"
              value={credentials[each.key] ?? ''}
              onChange={(event) => setCredentials({ ...credentials, [each.key]: event.currentTarget.value })}
            />
          );
        })}
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={settings.actions}>
          <Button type="submit" loading={busy} disabled={!chosen || !address.trim()}>
            {t('Connect')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** What may be done with the orders of a brand. */
function PolicyForm({ brand, many }: { brand: Brand; many: boolean }) {
  const { data } = useQuery(policyQuery(brand.id));
  if (!data) return <Bone width="100%" height={160} />;
  return <Policy key={JSON.stringify(data)} brand={brand} many={many} policy={data} />;
}

function Policy({ brand, many, policy }: { brand: Brand; many: boolean; policy: OrderPolicy }) {
  const [draft, setDraft] = useState(policy);
  const { busy, save, reason } = useSaving();
  const own = draft.preset === 'own';
  const set = (change: Partial<OrderPolicy>) => setDraft({ ...draft, ...change, preset: change.preset ?? 'own' });
  const days = (label: string, key: 'returnDays' | 'exchangeDays' | 'refundDays') => (
    <TextInput label={label} type="number" min={0} max={3650} disabled={!own} value={draft[key]} onChange={(event) => set({ [key]: Number(event.currentTarget.value) })} />
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(async () => {
      queryClient.setQueryData(policyQuery(brand.id).queryKey, await put<OrderPolicy>(`/brands/${brand.id}/order-policy`, draft));
    }, t('Saved'));
  };
  return (
    <section className={classes.policy}>
      <h2 className={settings.sectionTitle}>{many ? t('What may be done with orders of {brand}', { brand: brand.name }) : t('What may be done with orders')}</h2>
      <p className={settings.lead}>{t('The same rules hold for agents, for shoppers and for programs. A refusal names its rule.')}</p>
      <form className={settings.form} onSubmit={onSubmit}>
        <Radio.Group label={t('Rules')} value={draft.preset} onChange={(value) => setDraft({ ...draft, preset: value as OrderPolicy['preset'] })}>
          <div className={settings.stack}>
            <Radio value="standard" label={t('Usual')} description={t('Cancel until it is sent; return and exchange within 30 days of delivery; money goes back to how it was paid, or as store credit.')} />
            <Radio value="strict" label={t('Strict')} description={t('Cancel only what was not sent at all, as no longer needed or ordered by mistake; one return or exchange for an order; items change once, and nothing after it.')} />
            <Radio value="own" label={t('Our own')} />
          </div>
        </Radio.Group>
        {own && (
          <>
            <Select
              label={t('An order can be cancelled')}
              data={[
                { value: 'fulfilled', label: t('until all of it is sent') },
                { value: 'pending', label: t('until any of it is sent') },
                { value: 'never', label: t('never') },
              ]}
              value={draft.cancelUntil}
              allowDeselect={false}
              onChange={(value) => value && set({ cancelUntil: value as OrderPolicy['cancelUntil'] })}
            />
            <div className={settings.pair}>
              {days(t('Days to return, 0 for never'), 'returnDays')}
              {days(t('Days to exchange, 0 for never'), 'exchangeDays')}
            </div>
            {days(t('Days in which money is given back, 0 for always'), 'refundDays')}
            <TextInput
              label={t('Never taken back: words in a title or article number')}
              description={t('Separated by commas')}
              value={draft.finalSale.join(', ')}
              onChange={(event) => set({ finalSale: event.currentTarget.value.split(/,\s*/).filter(Boolean) })}
            />
          </>
        )}
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <Button type="submit" loading={busy} disabled={JSON.stringify(draft) === JSON.stringify(policy)}>
          {t('Save')}
        </Button>
      </form>
    </section>
  );
}
