import '../../platform/mantine-forms.css';
import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { Conversation, Status } from '../../api/types';
import { BounceNotice } from '../../customers/BounceNotice';
import { IconAction } from '../../platform/IconAction';
import { KeyCaps } from '../../platform/KeyCaps';
import { chordOf } from '../../platform/keyboard';
import { useSession } from '../../staff/session';
import { snoozesFrom } from '../head/snoozes';
import { write, writing } from '../ui';
import classes from './Composer.module.css';
import { type DraftKind, isBlank, whoGets } from './drafts';
import { FileChips } from './FileChips';
import { forgetRefusal, refusals, send } from './sending';
import { Toolbar } from './Toolbar';
import { uploading } from './uploads';
import { SignatureBelow } from '../../channels/email/SignatureBelow';
import { useDraft } from './useDraft';
import { useNewSince } from './useNewSince';
import { useRichEditor } from './useRichEditor';

interface Props {
  conversation: Conversation;
  kind: DraftKind;
  focus: number;
  afterClosing: () => void;
}

export default function ComposerEditor({ conversation, kind, focus, afterClosing }: Props) {
  const { agent } = useSession();
  const navigate = useNavigate();
  const draft = useDraft(agent.id, conversation, kind);
  const [linking, setLinking] = useState(false);
  const [over, setOver] = useState(false);
  const files = uploading.use().filter((each) => each.draftKey === draft.key);
  const busy = files.some((each) => each.problem === null);
  const [later, setLater] = useState<{ status: Status | null; snoozedUntil?: string } | null>(null);
  const refused = refusals.use()[draft.key];
  const news = useNewSince(conversation.id);
  const note = kind === 'note';
  const name = whoGets(conversation);
  const ready = !busy && (!isBlank(draft.html) || draft.attachments.length > 0);

  const close = () => writing.set(null);
  const submit = (status: Status | null, snoozedUntil?: string) => {
    if (busy) setLater({ status, snoozedUntil });
    if (!ready) return;
    close();
    const show = () =>
      void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(conversation.id) } });
    void send(conversation, agent, draft.key, { kind, html: draft.html, attachments: draft.attachments, status, snoozedUntil, show });
    if (status === 'resolved' || status === 'snoozed') afterClosing();
  };
  const latestSubmit = useRef(submit);
  useEffect(() => {
    latestSubmit.current = submit;
  });

  // Asked to send while a file was on its way: sent once it is there, unless it did not get there.
  const lost = files.some((each) => each.problem !== null);
  useEffect(() => {
    if (later === null || busy) return;
    setLater(null);
    if (!lost) latestSubmit.current(later.status, later.snoozedUntil);
  }, [later, busy, lost]);

  const editor = useRichEditor({
    content: draft.opening.html,
    placeholder: note ? 'Write a note that only colleagues see…' : `Write to ${name}…`,
    label: note ? 'Note' : 'Reply',
    onChange: (html) => {
      draft.changeHtml(html);
      if (refused) forgetRefusal(draft.key);
    },
    onFiles: draft.attach,
    onKey: (event) => {
      const chord = chordOf(event);
      if (chord === 'mod+Enter') latestSubmit.current(note ? null : 'waiting');
      else if (chord === 'mod+shift+Enter') latestSubmit.current(note ? null : 'resolved');
      else if (chord === 'mod+shift+k') setLinking(true);
      else if (chord === 'Escape') close();
      else return false;
      event.preventDefault();
      // Escape would otherwise leave the conversation as well.
      event.stopPropagation();
      return true;
    },
  });

  useEffect(() => {
    if (editor && !editor.isDestroyed) editor.commands.focus('end');
  }, [editor, focus]);

  const onDrop = (event: DragEvent) => {
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    draft.attach(files);
  };

  return (
    <section
      className={classes.open}
      data-kind={kind}
      data-over={over || undefined}
      aria-label={note ? 'Write a note' : 'Write a reply'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <header className={classes.head}>
        <SegmentedControl
          size="xs"
          value={kind}
          aria-label="Kind of message"
          data={[
            { value: 'reply', label: 'Reply' },
            { value: 'note', label: 'Note' },
          ]}
          onChange={(value) => write(conversation.id, value as DraftKind)}
        />
        <span className={`truncate ${classes.to}`}>{note ? 'Only colleagues see this' : <Recipient conversation={conversation} />}</span>
        <IconAction label="Close, keep the draft" chord="Escape" size={28} onClick={close}>
          <IconX size={16} />
        </IconAction>
      </header>
      {!note && <BounceNotice customerId={conversation.customer.id} address={conversation.answersTo?.address ?? null} />}
      {refused && (
        <p role="alert" className={classes.refused}>
          Not sent: {refused} Your words are kept. Send again when you are ready.
        </p>
      )}
      {news && (
        <p role="status" className={classes.news}>
          {news}
        </p>
      )}
      <EditorContent editor={editor} className={classes.editor} />
      {!note && <SignatureBelow brandId={conversation.brand.id} />}
      <FileChips draftKey={draft.key} attachments={draft.attachments} onRemove={draft.detach} onRetry={(file) => draft.attach([file])} />
      <footer className={classes.foot}>
        {editor && <Toolbar editor={editor} linking={linking} setLinking={setLinking} onFiles={draft.attach} />}
        <SendButtons note={note} busy={busy} ready={ready} submit={submit} />
      </footer>
    </section>
  );
}

function Recipient({ conversation }: { conversation: Conversation }) {
  const to = conversation.answersTo;
  if (!to?.address) return <strong className={classes.unreachable}>No address to reply to</strong>;
  return <span title={to.name ? `${to.name} <${to.address}>` : to.address}>by email to {to.address}</span>;
}

interface SendProps {
  note: boolean;
  busy: boolean;
  ready: boolean;
  submit: (status: Status | null, snoozedUntil?: string) => void;
}

function SendButtons({ note, busy, ready, submit }: SendProps) {
  if (note) {
    return (
      <Button disabled={!ready} onClick={() => submit(null)} rightSection={<KeyCaps chord="mod+Enter" />} className={classes.send}>
        {busy ? 'Uploading…' : 'Add note'}
      </Button>
    );
  }
  return (
    <Button.Group>
      <Button disabled={!ready} onClick={() => submit('waiting')} rightSection={<KeyCaps chord="mod+Enter" />} className={classes.send}>
        {busy ? 'Uploading…' : 'Send'}
      </Button>
      <Menu position="top-end" width={280}>
        <Menu.Target>
          <Button disabled={!ready} px={8} className={classes.sendMore} aria-label="More ways to send">
            <IconChevronDown size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => submit('resolved')} rightSection={<KeyCaps chord="mod+shift+Enter" />}>
            Send and resolve
          </Menu.Item>
          <Menu.Item onClick={() => submit('open')}>Send and keep open</Menu.Item>
          <Menu.Divider />
          {snoozesFrom(Date.now())
            .slice(0, 4)
            .map((snooze) => (
              <Menu.Item key={snooze.id} onClick={() => submit('snoozed', snooze.until)}>
                Send and snooze: {snooze.label.toLowerCase()}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
