import '../platform/mantine-forms.css';
import { Autocomplete, Button, Modal, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { useRef, useState } from 'react';
import type { Conversation, Draft as ServerDraft } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { customersLike } from '../customers/queries';
import { overlay } from '../platform/commands';
import { get, newKey, post, reasonOf, Refusal } from '../platform/http';
import { t } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { keys } from '../platform/queries';
import { toast } from '../platform/toasts';
import { usePhone } from '../platform/usePhone';
import { useSession } from '../staff/session';
import composer from './composer/Composer.module.css';
import { parseRecipient, readDraft, startKey, writeDraft } from './composer/drafts';
import { discardDraft, dropDraft, whenSaved } from './composer/draftSync';
import { FileChips } from './composer/FileChips';
import { OtherDevice } from './composer/OtherDevice';
import { PeopleField } from './composer/Recipients';
import { type OpenTool, Toolbar } from './composer/Toolbar';
import type { Typed } from './composer/typeahead';
import { type TypeaheadKeys, TypeaheadList } from './composer/TypeaheadList';
import { uploading } from './composer/uploads';
import { useDraft } from './composer/useDraft';
import { useRichEditor } from './composer/useRichEditor';
import { composerChord } from './composer/ways';
import words from './composer/Writing.module.css';
import { touch } from './freshen';
import classes from './NewConversation.module.css';

const startQuery = {
  queryKey: keys.startDraft,
  queryFn: ({ signal }: { signal: AbortSignal }) => get<{ draft: ServerDraft | null }>('/drafts/start', undefined, signal),
  staleTime: 0,
  gcTime: 0,
};

export default function NewConversation() {
  const phone = usePhone();
  const start = useQuery(startQuery);
  return (
    <Modal
      opened
      onClose={() => overlay.set(null)}
      title={t('New conversation')}
      size={720}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': t('Close, keep the draft') }}
    >
      {/* Where the server does not answer, what this browser has is shown. */}
      {start.isPending ? <div className={classes.bones} aria-busy="true" /> : <Form server={start.data?.draft ?? null} />}
    </Modal>
  );
}

function Form({ server }: { server: ServerDraft | null }) {
  const { agent } = useSession();
  const navigate = useNavigate();
  const draft = useDraft(startKey(agent.id), server);
  const people = draft.people ?? { to: [], cc: [], bcc: [] };
  const to = people.to[0] ?? '';
  const subject = draft.subject ?? '';
  const [sendKey, setSendKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [tool, setTool] = useState<OpenTool>(null);
  const [typed, setTyped] = useState<Typed | null>(null);
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const brandId = brands.find((brand) => brand.id === draft.brandId)?.id ?? brands[0]?.id;
  const [searched] = useDebouncedValue(to.trim(), 200);
  const customers = useQuery(customersLike(searched)).data?.items ?? [];
  const running = uploading.use().some((each) => each.draftKey === draft.key && each.problem === null);
  const fields = problem instanceof Refusal ? problem.fields : {};
  const begun = !draft.blank || draft.attachments.length > 0 || draft.people !== null || draft.subject !== null;

  const send = async () => {
    if (busy || running) return;
    setBusy(true);
    setProblem(null);
    try {
      const html = draft.html();
      writeDraft(draft.key, { ...readDraft(draft.key), sendKey });
      await whenSaved(draft.key);
      const conversation = await post<Conversation>(
        '/conversations',
        {
          brandId,
          to: parseRecipient(to),
          cc: people.cc.map(parseRecipient),
          bcc: people.bcc.map(parseRecipient),
          subject,
          html,
          attachments: readDraft(draft.key).attachments.map((each) => each.id),
        },
        sendKey,
      );
      dropDraft(draft.key);
      overlay.set(null);
      toast(t('Sent'));
      touch(conversation.id, true);
      await navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(conversation.id) } });
    } catch (error) {
      writeDraft(draft.key, { ...readDraft(draft.key), sendKey: null });
      // Refused words are sent anew once they are mended; words on their way may have arrived.
      if (error instanceof Refusal) setSendKey(newKey());
      setProblem(error);
      setBusy(false);
    }
  };

  const list = useRef<TypeaheadKeys>(null);
  const editor = useRichEditor({
    content: draft.takenOver > 0 ? readDraft(draft.key).html : draft.opening.html,
    version: draft.takenOver,
    placeholder: t('Write…'),
    label: t('Message'),
    language: null,
    onChange: draft.typed,
    onFiles: draft.attach,
    onImage: draft.upload,
    onTyped: setTyped,
    onKey: (event) => {
      if (list.current?.take(event)) return true;
      const chord = composerChord(event);
      if (chord === 'mod+shift+k') setTool('link');
      else if (chord === 'mod+shift+:' || chord === 'mod+shift+;') setTool('emoji');
      // The form sends; the editor would break the line.
      else return chord === 'mod+Enter';
      event.preventDefault();
      return true;
    },
  });

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (composerChord(event.nativeEvent) !== 'mod+Enter') return;
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
          value={String(brandId)}
          allowDeselect={false}
          onChange={(value) => draft.changeBrand(Number(value))}
        />
      )}
      <Autocomplete
        label={t('To')}
        placeholder={t('Name or address')}
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
        value={to}
        error={fields.to ?? fields['to.address']}
        filter={({ options }) => options}
        data={[...new Set(customers.flatMap(({ name, address }) => (address === null ? [] : [name ? `${name} <${address}>` : address])))]}
        onChange={(value) => draft.changePeople(value || people.cc.length + people.bcc.length > 0 ? { ...people, to: value ? [value] : [] } : null)}
      />
      <div className={composer.copies}>
        <PeopleField form label={t('Cc')} value={people.cc} onChange={(cc) => draft.changePeople({ ...people, cc })} />
        <PeopleField form label={t('Bcc')} value={people.bcc} onChange={(bcc) => draft.changePeople({ ...people, bcc })} />
      </div>
      <TextInput
        label={t('Subject')}
        required
        withAsterisk={false}
        maxLength={300}
        value={subject}
        error={fields.subject}
        onChange={(event) => draft.changeSubject(event.currentTarget.value)}
      />
      <OtherDevice draftKey={draft.key} editor={editor} />
      <div className={classes.body}>
        <EditorContent editor={editor} className={`${composer.editor} ${words.words}`} />
        {typed && editor && <TypeaheadList editor={editor} typed={typed} keys={list} onClose={() => setTyped(null)} />}
        <FileChips draftKey={draft.key} attachments={draft.attachments} onRemove={draft.detach} onRetry={(file) => draft.attach([file])} />
        {editor && (
          <div className={classes.tools}>
            <Toolbar editor={editor} open={tool} setOpen={setTool} onFiles={draft.attach} />
          </div>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="form-problem">
          {t('Not sent: {reason} Your words are kept.', { reason: reasonOf(problem) })}
        </p>
      )}
      <div className={classes.foot}>
        {begun ? (
          <Button
            variant="subtle"
            onClick={() => {
              draft.html();
              void discardDraft(draft.key);
              overlay.set(null);
            }}
          >
            {t('Discard the draft')}
          </Button>
        ) : (
          <span className={classes.hint}>{t('What you write is kept, even if you close this.')}</span>
        )}
        <Button
          type="submit"
          loading={busy}
          disabled={running || draft.blank}
          rightSection={<KeyCaps chord="mod+Enter" />}
          className={composer.send}
        >
          {running ? t('Uploading…') : t('Send')}
        </Button>
      </div>
    </form>
  );
}
