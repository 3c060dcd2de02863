import { t } from '../platform/i18n';
import '../platform/mantine-forms.css';
import { Autocomplete, Button, Modal, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { useState } from 'react';
import type { Conversation } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { customersLike } from '../customers/queries';
import { overlay } from '../platform/commands';
import { newKey, post, reasonOf, Refusal } from '../platform/http';
import { KeyCaps } from '../platform/KeyCaps';
import { chordOf } from '../platform/keyboard';
import { readStored, writeStored } from '../platform/stored';
import { toast } from '../platform/toasts';
import { usePhone } from '../platform/usePhone';
import { useSession } from '../staff/session';
import composer from './composer/Composer.module.css';
import { touch } from './freshen';
import { EMPTY_DRAFT, isBlank, parseRecipient, readDraft, writeDraft } from './composer/drafts';
import { PeopleField } from './composer/Recipients';
import { FileChips } from './composer/FileChips';
import { Toolbar } from './composer/Toolbar';
import { startUpload, uploading } from './composer/uploads';
import { useRichEditor } from './composer/useRichEditor';
import classes from './NewConversation.module.css';

interface Head {
  to: string;
  cc: string[];
  bcc: string[];
  subject: string;
  brandId: number | null;
}

function readHead(key: string): Head {
  try {
    return { to: '', cc: [], bcc: [], subject: '', brandId: null, ...(JSON.parse(readStored(key) ?? '{}') as Partial<Head>) };
  } catch {
    return { to: '', cc: [], bcc: [], subject: '', brandId: null };
  }
}

export default function NewConversation() {
  const { agent } = useSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const bodyKey = `draft.${agent.id}.new.body`;
  const headKey = `draft.${agent.id}.new.head`;
  const [head, setHead] = useState(() => readHead(headKey));
  const [draft, setDraft] = useState(() => readDraft(bodyKey));
  const [sendKey, setSendKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [linking, setLinking] = useState(false);
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const [typed] = useDebouncedValue(head.to.trim(), 200);
  const customers = useQuery(customersLike(typed)).data?.items ?? [];
  const running = uploading.use().some((each) => each.draftKey === bodyKey && each.problem === null);
  const fields = problem instanceof Refusal ? problem.fields : {};

  const changeHead = (change: Partial<Head>) => {
    const next = { ...head, ...change };
    setHead(next);
    setSendKey(newKey());
    writeStored(headKey, JSON.stringify(next));
  };
  const changeDraft = (change: (old: typeof draft) => typeof draft) => {
    const next = change(readDraft(bodyKey));
    setSendKey(newKey());
    writeDraft(bodyKey, next);
    setDraft(next);
  };
  const attach = (files: File[]) => {
    for (const file of files)
      startUpload(bodyKey, file, (done) => changeDraft((old) => ({ ...old, attachments: [...old.attachments, done] })));
  };

  const send = async () => {
    if (busy || running) return;
    setBusy(true);
    setProblem(null);
    try {
      const conversation = await post<Conversation>(
        '/conversations',
        {
          brandId: head.brandId ?? brands[0]?.id,
          to: parseRecipient(head.to),
          cc: head.cc.map(parseRecipient),
          bcc: head.bcc.map(parseRecipient),
          subject: head.subject,
          html: draft.html,
          attachments: draft.attachments.map((each) => each.id),
        },
        sendKey,
      );
      writeStored(headKey, null);
      writeDraft(bodyKey, EMPTY_DRAFT);
      overlay.set(null);
      toast(t('Sent'));
      touch(conversation.id, true);
      await navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(conversation.id) } });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  const editor = useRichEditor({
    content: draft.html,
    placeholder: t('Write…'),
    label: t('Message'),
    onChange: (html) => changeDraft((old) => ({ ...old, html })),
    onFiles: attach,
    onKey: (event) => {
      const chord = chordOf(event);
      if (chord === 'mod+shift+k') setLinking(true);
      else return false;
      return true;
    },
  });

  return (
    <Modal
      opened
      onClose={() => overlay.set(null)}
      title={t('New conversation')}
      size={680}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t('Close, keep the draft') }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (chordOf(event.nativeEvent) !== 'mod+Enter') return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        {brands.length > 1 && (
          <Select
            label={t('From')}
            data={brands.map((brand) => ({
              value: String(brand.id),
              label: brand.address ? `${brand.name} · ${brand.address}` : brand.name,
            }))}
            value={String(head.brandId ?? brands[0]?.id)}
            allowDeselect={false}
            onChange={(value) => changeHead({ brandId: Number(value) })}
          />
        )}
        <Autocomplete
          label={t('To')}
          placeholder={t('Name or address')}
          required
          withAsterisk={false}
          data-autofocus
          autoComplete="off"
          value={head.to}
          error={fields.to ?? fields['to.address']}
          filter={({ options }) => options}
          data={[...new Set(customers.flatMap(({ name, address }) => (address === null ? [] : [name ? `${name} <${address}>` : address])))]}
          onChange={(to) => changeHead({ to })}
        />
        <div className={composer.copies}>
          <PeopleField form label={t('Cc')} value={head.cc} onChange={(cc) => changeHead({ cc })} />
          <PeopleField form label={t('Bcc')} value={head.bcc} onChange={(bcc) => changeHead({ bcc })} />
        </div>
        <TextInput
          label={t('Subject')}
          required
          withAsterisk={false}
          maxLength={300}
          value={head.subject}
          error={fields.subject}
          onChange={(event) => changeHead({ subject: event.currentTarget.value })}
        />
        <div className={classes.body}>
          <EditorContent editor={editor} className={composer.editor} />
          <FileChips
            draftKey={bodyKey}
            attachments={draft.attachments}
            onRemove={(id) => changeDraft((old) => ({ ...old, attachments: old.attachments.filter((each) => each.id !== id) }))}
            onRetry={(file) => attach([file])}
          />
          {editor && (
            <div className={classes.tools}>
              <Toolbar editor={editor} linking={linking} setLinking={setLinking} onFiles={attach} />
            </div>
          )}
        </div>
        {problem !== null && (
          <p role="alert" className="form-problem">
            {t('Not sent: {reason} Your words are kept.', { reason: reasonOf(problem) })}
          </p>
        )}
        <div className={classes.foot}>
          <span className={classes.hint}>{t('What you write is kept, even if you close this.')}</span>
          <Button
            type="submit"
            loading={busy}
            disabled={running || isBlank(draft.html)}
            rightSection={<KeyCaps chord="mod+Enter" />}
            className={composer.send}
          >
            {running ? t('Uploading…') : t('Send')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
