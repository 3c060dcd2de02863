import { amid, t } from '../../platform/i18n';
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
import { type DraftKind, isBlank, usualPeople, whoGets } from './drafts';
import { FileChips } from './FileChips';
import { ForwardedFiles, useForwardedFiles } from './ForwardedFiles';
import { inShort, leftOut, Recipients, withoutAll } from './Recipients';
import { forgetRefusal, refusals, send } from './sending';
import { sendTimes } from './sendTimes';
import { Toolbar } from './Toolbar';
import { uploading } from './uploads';
import { SignatureBelow } from '../../channels/email/SignatureBelow';
import { useDraft } from './useDraft';
import { useNewSince } from './useNewSince';
import { useRichEditor } from './useRichEditor';

interface Props {
  conversation: Conversation;
  kind: DraftKind;
  /** Which is forwarded; all where it is left out. */
  messageId?: number;
  focus: number;
  afterClosing: () => void;
}

export default function ComposerEditor({ conversation, kind, messageId, focus, afterClosing }: Props) {
  const { agent } = useSession();
  const navigate = useNavigate();
  const draft = useDraft(agent.id, conversation, kind);
  const [linking, setLinking] = useState(false);
  const [over, setOver] = useState(false);
  const [ways, setWays] = useState(false);
  const [leftBehind, setLeftBehind] = useState<number[]>([]);
  const files = uploading.use().filter((each) => each.draftKey === draft.key);
  const busy = files.some((each) => each.problem === null);
  const [later, setLater] = useState<{ status: Status | null; snoozedUntil?: string; sendAt?: string } | null>(null);
  const refused = refusals.use()[draft.key];
  const news = useNewSince(conversation.id);
  const note = kind === 'note';
  const forward = kind === 'forward';
  const forwarded = useForwardedFiles(forward ? conversation.id : null, messageId);
  const name = whoGets(conversation);
  const people = draft.people ?? (forward ? { to: [], cc: [], bcc: [] } : usualPeople(conversation));
  const [addressing, setAddressing] = useState(forward);
  const others = forward || note ? [] : leftOut(conversation, people);
  const ready = !busy && (forward ? people.to.length > 0 : !isBlank(draft.html) || draft.attachments.length > 0);

  const close = () => writing.set(null);
  const submit = (status: Status | null, snoozedUntil?: string, sendAt?: string) => {
    if (busy) setLater({ status, snoozedUntil, sendAt });
    if (!ready) return;
    close();
    const show = () =>
      void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(conversation.id) } });
    void send(conversation, agent, draft.key, {
      kind,
      html: draft.html,
      attachments: draft.attachments,
      status,
      snoozedUntil,
      people: note ? null : (draft.people ?? (conversation.answersTo || forward ? people : null)),
      subject: draft.subject?.trim() || null,
      sendAt,
      forwarded: messageId ?? null,
      carried: leftBehind.length === 0 ? null : forwarded.map((each) => each.id).filter((id) => !leftBehind.includes(id)),
      show,
    });
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
    if (!lost) latestSubmit.current(later.status, later.snoozedUntil, later.sendAt);
  }, [later, busy, lost]);

  const editor = useRichEditor({
    content: draft.opening.html,
    placeholder: note ? t('Write a note that only colleagues see…') : forward ? t('Say something above it…') : t('Write to {name}…', { name }),
    label: note ? t('Note') : forward ? t('Forward') : t('Reply'),
    onChange: (html) => {
      draft.changeHtml(html);
      if (refused) forgetRefusal(draft.key);
    },
    onFiles: draft.attach,
    onImage: draft.upload,
    onKey: (event) => {
      const chord = chordOf(event);
      if (chord === 'mod+Enter') latestSubmit.current(note ? null : 'waiting');
      else if (chord === 'mod+shift+Enter') latestSubmit.current(note ? null : 'resolved');
      else if (chord === 'mod+shift+k') setLinking(true);
      else if (chord === 'mod+shift+e' && !note) setAddressing(true);
      else if (chord === 'mod+shift+l' && kind === 'reply') setWays(ready);
      else if (chord === 'Escape') close();
      else return false;
      event.preventDefault();
      // Escape would otherwise leave the conversation as well.
      event.stopPropagation();
      return true;
    },
  });

  useEffect(() => {
    if (editor && !editor.isDestroyed && !forward) editor.commands.focus('end');
  }, [editor, focus, forward]);

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
      aria-label={note ? t('Write a note') : forward ? t('Forward') : t('Write a reply')}
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
          aria-label={t('Kind of message')}
          data={[
            { value: 'reply', label: t('Reply') },
            { value: 'note', label: t('Note') },
            ...(forward ? [{ value: 'forward', label: t('Forward') }] : []),
          ]}
          onChange={(value) => write(conversation.id, value as DraftKind)}
        />
        {note ? (
          <span className={`truncate ${classes.to}`}>{t('Only colleagues see this')}</span>
        ) : (
          <span className={classes.to}>
            <button
              type="button"
              className={`truncate ${classes.toButton}`}
              aria-expanded={addressing}
              title={[...people.to, ...people.cc, ...people.bcc].join('\n')}
              onClick={() => setAddressing(!addressing)}
            >
              {forward ? <>{messageId ? t('This message') : t('The whole conversation')} </> : <Recipient conversation={conversation} changed={draft.people !== null} />}
              {(forward || draft.people !== null || people.cc.length > 0) && inShort(people)}
            </button>
            {others.length > 0 && (
              <button
                type="button"
                className={classes.toButton}
                onClick={() => draft.changePeople({ ...people, cc: [...people.cc, ...others] })}
              >
                {t('Reply to all ({n})', { n: others.length })}
              </button>
            )}
            {!forward && others.length === 0 && conversation.answering.cc.length > 0 && (
              <button
                type="button"
                className={classes.toButton}
                onClick={() => draft.changePeople({ ...people, cc: withoutAll(conversation, people) })}
              >
                {t('Only the sender')}
              </button>
            )}
          </span>
        )}
        <IconAction label={t('Close, keep the draft')} chord="Escape" size={28} onClick={close}>
          <IconX size={16} />
        </IconAction>
      </header>
      {addressing && !note && (
        <Recipients
          people={people}
          subject={draft.subject ?? ''}
          focus={addressing}
          onChange={draft.changePeople}
          onSubject={draft.changeSubject}
        />
      )}
      {!note && !forward && conversation.answering.insteadOf && (
        <p className={classes.instead}>
          {t('{name} asked for answers at another address than they wrote from.', {
            name: conversation.answering.insteadOf.name ?? conversation.answering.insteadOf.address ?? t('the customer'),
          })}
        </p>
      )}
      {!note && <BounceNotice customerId={conversation.customer.id} address={conversation.answersTo?.address ?? null} />}
      {refused && (
        <p role="alert" className={classes.refused}>
          {t('Not sent: {reason} Your words are kept. Send again when you are ready.', { reason: refused })}
        </p>
      )}
      {news && (
        <p role="status" className={classes.news}>
          {news}
        </p>
      )}
      <EditorContent editor={editor} className={classes.editor} />
      {!note && <SignatureBelow brandId={conversation.brand.id} />}
      <ForwardedFiles files={forwarded} leftBehind={leftBehind} onChange={setLeftBehind} />
      <FileChips draftKey={draft.key} attachments={draft.attachments} onRemove={draft.detach} onRetry={(file) => draft.attach([file])} />
      <footer className={classes.foot}>
        {editor && (
          <Toolbar
            editor={editor}
            linking={linking}
            setLinking={setLinking}
            onFiles={draft.attach}
            onUpload={draft.add}
            sources={{ conversationId: conversation.id, brandId: conversation.brand.id }}
          />
        )}
        <SendButtons kind={kind} busy={busy} ready={ready} ways={ways} setWays={setWays} submit={submit} />
      </footer>
    </section>
  );
}

function Recipient({ conversation, changed }: { conversation: Conversation; changed: boolean }) {
  if (changed || conversation.answering.toAll) return null;
  const to = conversation.answersTo;
  if (!to?.address) return <strong className={classes.unreachable}>{t('No address to reply to')}</strong>;
  return <span title={to.name ? `${to.name} <${to.address}>` : to.address}>{t('by email to {address}', { address: to.address })}</span>;
}

interface SendProps {
  kind: DraftKind;
  busy: boolean;
  ready: boolean;
  /** Whether the menu of ways to send stands open. */
  ways: boolean;
  setWays: (open: boolean) => void;
  submit: (status: Status | null, snoozedUntil?: string, sendAt?: string) => void;
}

function SendButtons({ kind, busy, ready, ways, setWays, submit }: SendProps) {
  const [picked, setPicked] = useState<string | null>(null);
  if (kind !== 'reply') {
    return (
      <Button disabled={!ready} onClick={() => submit(null)} rightSection={<KeyCaps chord="mod+Enter" />} className={classes.send}>
        {busy ? t('Uploading…') : kind === 'forward' ? t('Forward') : t('Add note')}
      </Button>
    );
  }
  if (picked !== null) {
    return (
      <span className={classes.pick}>
        <input
          type="datetime-local"
          aria-label={t('Send at')}
          autoFocus
          className={classes.pickTime}
          value={picked}
          onChange={(event) => setPicked(event.currentTarget.value)}
        />
        <Button
          size="xs"
          disabled={!ready || !(Date.parse(picked) > Date.now())}
          onClick={() => submit('waiting', undefined, new Date(picked).toISOString())}
        >
          {t('Schedule')}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => setPicked(null)}>
          {t('Back')}
        </Button>
      </span>
    );
  }
  return (
    <Button.Group>
      <Button disabled={!ready} onClick={() => submit('waiting')} rightSection={<KeyCaps chord="mod+Enter" />} className={classes.send}>
        {busy ? t('Uploading…') : t('Send')}
      </Button>
      <Menu position="top-end" width={300} opened={ways && ready} onChange={setWays} returnFocus>
        <Menu.Target>
          <Button disabled={!ready} px={8} className={classes.sendMore} aria-label={t('More ways to send')}>
            <IconChevronDown size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => submit('resolved')} rightSection={<KeyCaps chord="mod+shift+Enter" />}>
            {t('Send and resolve')}
          </Menu.Item>
          <Menu.Item onClick={() => submit('open')}>{t('Send and keep open')}</Menu.Item>
          <Menu.Divider />
          {sendTimes(Date.now()).map((time) => (
            <Menu.Item key={time.label} onClick={() => submit('waiting', undefined, time.at)}>
              {t('Send later: {time}', { time: time.when })}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setPicked('')}>{t('Send later: pick a time…')}</Menu.Item>
          <Menu.Divider />
          {snoozesFrom(Date.now())
            .slice(0, 4)
            .map((snooze) => (
              <Menu.Item key={snooze.id} onClick={() => submit('snoozed', snooze.until)}>
                {t('Send and snooze: {time}', { time: amid(snooze.label) })}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}
