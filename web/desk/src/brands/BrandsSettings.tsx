import { Button, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import type { Brand, BrandChange } from '../api/types';
import { BrandSignature } from '../channels/email/BrandSignature';
import { Bone } from '../platform/Bone';
import { patch, post } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { BrandMark } from './BrandMark';
import { BrandMembers } from './BrandMembers';
import { ColorField } from './ColorField';
import { LogoField } from './LogoField';
import { brandsQuery } from './queries';

export function BrandsSettings() {
  const query = useQuery(brandsQuery);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('your brands')} retry={() => void query.refetch()} />;
  if (!query.data) return <Bone width="100%" height={320} />;
  return (
    <>
      <p className={classes.lead}>{t('A brand is a shop as its customers know it: a name, an address, a way to sign off.')}</p>
      {query.data.items.map((brand) => (
        <section key={brand.id} className={classes.section} aria-label={brand.name}>
          <BrandForm brand={brand} />
          <BrandMembers brand={brand} />
          <BrandSignature brand={brand} />
        </section>
      ))}
      <NewBrand />
    </>
  );
}

function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set([current, 'UTC', ...known])];
}

function BrandForm({ brand }: { brand: Brand }) {
  const queryClient = useQueryClient();
  const first = {
    name: brand.name,
    address: brand.address ?? '',
    fromName: brand.fromName ?? '',
    color: brand.color,
    timeZone: brand.timeZone,
  };
  const [form, setForm] = useState(first);
  const zones = useMemo(() => timeZones(brand.timeZone), [brand.timeZone]);
  const { busy, save, reason, fields } = useSaving();
  const changed = (Object.keys(first) as (keyof typeof first)[]).filter((key) => form[key] !== first[key]);
  const set = (key: keyof typeof first) => (value: string) => setForm((old) => ({ ...old, [key]: value }));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(async () => {
      // Empty clears a field; the server leaves alone what is null or absent.
      const change: BrandChange = Object.fromEntries(changed.map((key) => [key, form[key].trim()]));
      await patch(`/brands/${brand.id}`, change);
      await queryClient.invalidateQueries({ queryKey: keys.brands });
      void queryClient.invalidateQueries({ queryKey: keys.installation });
    }, t('Saved'));
  };
  return (
    <form className={classes.form} style={{ maxWidth: 600 }} onSubmit={onSubmit}>
      <h2 className={`${classes.sectionTitle} truncate`} dir="auto">
        <BrandMark brand={{ name: form.name || brand.name, color: form.color, logoUrl: brand.logoUrl }} size={20} /> {brand.name}
      </h2>
      <LogoField brand={brand} color={form.color} />
      <div className={classes.pair}>
        <TextInput
          label={t('Name')}
          required
          withAsterisk={false}
          maxLength={200}
          value={form.name}
          error={fields.name}
          onChange={(event) => set('name')(event.currentTarget.value)}
        />
        <TextInput
          label={t('Address')}
          description={t('Answers are sent from here.')}
          type="email"
          placeholder="help@shop.example"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.address}
          error={fields.address}
          onChange={(event) => set('address')(event.currentTarget.value)}
        />
        <TextInput
          label={t('From name')}
          description={t('What customers see as the sender.')}
          placeholder={form.name}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          value={form.fromName}
          error={fields.fromName}
          onChange={(event) => set('fromName')(event.currentTarget.value)}
        />
        <ColorField color={form.color} error={fields.color} change={set('color')} />
      </div>
      <Select
        label={t('Time zone')}
        data={zones}
        searchable
        limit={100}
        allowDeselect={false}
        value={form.timeZone}
        error={fields.timeZone}
        onChange={(value) => value && set('timeZone')(value)}
      />
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <Button type="submit" loading={busy} disabled={changed.length === 0 || !form.name.trim()}>
        {t('Save')}
      </Button>
    </form>
  );
}

function NewBrand() {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const { busy, save, reason, fields } = useSaving();
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Another brand')}</h2>
      <p className={classes.lead}>{t('With a second brand, each needs its own mailboxes.')}</p>
      <form
        className={classes.bar}
        style={{ alignItems: 'flex-end', maxWidth: 600 }}
        onSubmit={(event) => {
          event.preventDefault();
          void save(async () => {
            await post('/brands', { name: name.trim() });
            await queryClient.invalidateQueries({ queryKey: keys.brands });
          }, t('Brand added')).then((done) => done && setName(''));
        }}
      >
        <TextInput
          className={classes.grow}
          label={t('Name of the brand')}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={fields.name ?? reason}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('Add')}
        </Button>
      </form>
    </section>
  );
}
