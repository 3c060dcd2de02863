import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { EditorContent } from '@tiptap/react';
import { type FormEvent, useState } from 'react';
import type { BrandSignature, SignaturePreview as Preview } from '../../api/types';
import { useRichEditor } from '../../conversations/composer/useRichEditor';
import { post, put } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import classes from './Signature.module.css';
import { SignaturePreview } from './SignaturePreview';

const PARTS = [
  { get label() { return t('Name'); }, placeholder: '{agent.name}' },
  { get label() { return t('Title'); }, placeholder: '{agent.title}' },
  { get label() { return t('Own lines'); }, placeholder: '{agent.text}' },
  { get label() { return t('Brand'); }, placeholder: '{brand.name}' },
  { get label() { return t('Address'); }, placeholder: '{brand.address}' },
];

export default function BrandSignatureEditor({ signature, name }: { signature: BrandSignature; name: string }) {
  const queryClient = useQueryClient();
  const path = `/brands/${signature.brandId}/signature`;
  const [html, setHtml] = useState(signature.html);
  const [shown] = useDebouncedValue(html, 250);
  const { busy, save, reason } = useSaving();
  const editor = useRichEditor({
    content: signature.html,
    placeholder: t('Nothing stands under these mails'),
    label: t('Signature of {name}', { name }),
    onChange: setHtml,
    onFiles: () => undefined,
    onKey: () => false,
  });
  const preview = useQuery({
    queryKey: ['signature-preview', signature.brandId, shown],
    queryFn: () => post<Preview>(`${path}/preview`, { html: shown }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  const keep = (next: string | null) =>
    save(async () => {
      await put(path, { html: next });
      await queryClient.invalidateQueries({ queryKey: keys.signatures });
    }, t('Saved'));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void keep(html);
  };
  return (
    <form className={settings.form} style={{ maxWidth: 600 }} onSubmit={onSubmit}>
      <div>
        <EditorContent editor={editor} className={classes.editor} />
        <div className={classes.parts} role="group" aria-label={t('Put in')}>
          {PARTS.map(({ label, placeholder }) => (
            <Button
              key={label}
              size="compact-sm"
              variant="default"
              title={placeholder}
              onClick={() => editor?.chain().focus().insertContent(placeholder).run()}
            >
              {label}
            </Button>
          ))}
        </div>
      </div>
      <div role="group" aria-label={t('As a customer sees it, written by you')}>
        <p className={settings.quiet} style={{ paddingBottom: 4 }}>
          {t('As a customer sees it, written by you')}
        </p>
        {preview.data && <SignaturePreview preview={preview.data} />}
      </div>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={settings.actions}>
        <Button type="submit" loading={busy} disabled={html === signature.html}>
          {t('Save the signature')}
        </Button>
        {!signature.standard && (
          <Button variant="subtle" disabled={busy} onClick={() => void keep(null)}>
            {t('Use the standard one')}
          </Button>
        )}
      </div>
    </form>
  );
}
