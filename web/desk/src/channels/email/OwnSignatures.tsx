import { Button, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { OwnSignature } from '../../api/types';
import { brandsQuery } from '../../brands/queries';
import { Bone } from '../../platform/Bone';
import { put } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Trouble } from '../../platform/Trouble';
import classes from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { SignaturePreview } from './SignaturePreview';
import { ownSignaturesQuery } from './signatures';

export function OwnSignatures() {
  const query = useQuery(ownSignaturesQuery);
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const nameOf = (id: number) => brands.find((brand) => brand.id === id)?.name ?? '';
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Signature')}</h2>
      <p className={classes.lead}>{t('What stands under your mails. Each brand has its own; add lines that are yours alone.')}</p>
      {query.isError && !query.data ? (
        <Trouble error={query.error} what={t('your signature')} retry={() => void query.refetch()} />
      ) : query.data ? (
        query.data.items.map((own) => <OwnLines key={own.brandId} own={own} name={query.data.items.length > 1 ? nameOf(own.brandId) : ''} />)
      ) : (
        <Bone width="100%" height={160} />
      )}
    </section>
  );
}

function OwnLines({ own, name }: { own: OwnSignature; name: string }) {
  const queryClient = useQueryClient();
  const [text, setText] = useState(own.text);
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(async () => {
      await put(`/me/signatures/${own.brandId}`, { text });
      await queryClient.invalidateQueries({ queryKey: keys.signatures });
    }, t('Saved'));
  };
  return (
    <form className={classes.form} style={{ paddingBottom: 16 }} onSubmit={onSubmit}>
      <Textarea
        label={name ? t('Your lines for {name}', { name }) : t('Your lines')}
        placeholder={t('Back on Monday')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        value={text}
        error={fields.text ?? reason}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <SignaturePreview preview={own.preview} />
      <Button type="submit" variant="default" loading={busy} disabled={text.trim() === own.text}>
        {t('Save the lines')}
      </Button>
    </form>
  );
}
