import '../../platform/mantine-forms.css';
import { Button, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { SignatureBelow } from '../../channels/email/SignatureBelow';
import type { Conversation } from '../../api/types';
import { BounceNotice } from '../../customers/BounceNotice';
import { IconAction } from '../../platform/IconAction';
import { t } from '../../platform/i18n';
import { stopTyping, typing } from '../../platform/live/whereabouts';
import { CompanyWarning } from '../company/Company';
import { Crossed } from '../company/Crossed';
import { crossed } from '../company/crossed';
import { usePhone } from '../../platform/usePhone';
import { useSession } from '../../staff/session';
import { useWalk } from '../useListing';
import { write, writing } from '../ui';
import classes from './Composer.module.css';
import { type DraftKind, draftKey, readDraft, usualPeople, whoGets } from './drafts';
import { FileChips } from './FileChips';
import { promisedFile } from './forgotten';
import { ForwardedFiles, useForwardedFiles } from './ForwardedFiles';
import { LanguageTool } from './LanguageTool';
import { OtherDevice } from './OtherDevice';
import { inShort, leftOut, Recipients, withoutAll } from './Recipients';
import { type Menus, SendButtons, type Sending } from './SendButtons';
import { forgetRefusal, refusals, send } from './sending';
import { type OpenTool, Toolbar } from './Toolbar';
import type { Typed } from './typeahead';
import { type TypeaheadKeys, TypeaheadList } from './TypeaheadList';
import { uploading } from './uploads';
import { useDraft } from './useDraft';
import { useNewSince } from './useNewSince';
import { useRichEditor } from './useRichEditor';
import { useVisibleHeight } from './useVisibleHeight';
import { CHORD_OF, LATER_CHORD, composerChord, SNOOZE_CHORD, STATUS_OF, useUsualWay, wayOf, WAYS } from './ways';
import words from './Writing.module.css';

interface Props {
  conversation: Conversation;
  kind: DraftKind;
  /** Which is forwarded; all where it is left out. */
  messageId?: number;
  focus: number;
  afterClosing: () => void;
}

export default function ComposerEditor({ conversation, kind, messageId: asked, focus, afterClosing }: Props) {
  const { agent } = useSession();
  const navigate = useNavigate();
  const walk = useWalk();
  const [usual] = useUsualWay();
  const note = kind === 'note';
  const forward = kind === 'forward';
  const server = conversation.drafts.find((each) => each.kind === kind) ?? null;
  const draft = useDraft(draftKey(agent.id, conversation.id, kind), server, { forwarded: asked ?? null });
  const messageId = forward ? (asked ?? draft.opening.forwarded ?? undefined) : undefined;
  const [tool, setTool] = useState<OpenTool>(null);
  const [menu, setMenu] = useState<Menus>(null);
  const [typed, setTyped] = useState<Typed | null>(null);
  const [warning, setWarning] = useState<string | null>(null);
  const [leftBehind, setLeftBehind] = useState<number[]>([]);
  const files = uploading.use().filter((each) => each.draftKey === draft.key);
  const busy = files.some((each) => each.problem === null);
  const [later, setLater] = useState<Sending | null>(null);
  const refused = refusals.use()[draft.key];
  const crossing = crossed.use()[draft.key];
  const news = useNewSince(conversation.id);
  const forwarded = useForwardedFiles(forward ? conversation.id : null, messageId);
  const people = draft.people ?? (forward ? { to: [], cc: [], bcc: [] } : usualPeople(conversation));
  const [addressing, setAddressing] = useState(forward);
  const others = forward || note ? [] : leftOut(conversation, people);
  const filled = forward ? people.to.length > 0 : !draft.blank || draft.attachments.length > 0;
  const sheet = useRef<HTMLElement>(null);
  useVisibleHeight(sheet, usePhone());

  const close = () => writing.set(null);
  const submit = (sending: Sending) => {
    if (busy) {
      setLater(sending);
      return;
    }
    if (!filled) {
      setWarning(forward ? t('Say whom it goes to.') : t('There is nothing to send yet: write something, or attach a file.'));
      return;
    }
    const html = draft.html();
    const promised = draft.attachments.length === 0 && forwarded.length === 0 && !html.includes('<img') ? promisedFile(html) : null;
    if (promised && warning === null) {
      setWarning(t('You wrote “{word}”, but no file is attached. Attach it, or send again to send it without.', { word: promised }));
      return;
    }
    close();
    const status = sending.snoozedUntil !== undefined ? 'snoozed' : STATUS_OF[sending.way];
    const show = () =>
      void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(conversation.id) } });
    void send(conversation, agent, draft.key, {
      kind,
      html,
      attachments: readDraft(draft.key).attachments,
      status: note ? null : status,
      snoozedUntil: sending.snoozedUntil,
      people: note ? null : (draft.people ?? (conversation.answersTo || forward ? people : null)),
      subject: draft.subject?.trim() || null,
      sendAt: sending.sendAt,
      forwarded: messageId ?? null,
      carried: leftBehind.length === 0 ? null : forwarded.map((each) => each.id).filter((id) => !leftBehind.includes(id)),
      show,
    });
    if (kind !== 'reply') return;
    if (sending.way === 'next') {
      if (walk.nextRow) walk.open(walk.nextRow);
      else walk.toList();
    } else if (!sending.sendAt && (status === 'resolved' || status === 'snoozed')) afterClosing();
  };
  useEffect(() => stopTyping, []);
  const latestSubmit = useRef(submit);
  useEffect(() => {
    latestSubmit.current = submit;
  });

  // Asked to send while a file was on its way: sent once it is there, unless it did not get there.
  const lost = files.some((each) => each.problem !== null);
  useEffect(() => {
    if (later === null || busy) return;
    setLater(null);
    if (!lost) latestSubmit.current(later);
  }, [later, busy, lost]);

  // A menu that Escape has closed is gone before the same key gets here; it must not close the composer as well.
  const justOpen = useRef(false);
  useEffect(() => {
    if (menu === null && tool === null) return;
    justOpen.current = true;
    return () => void setTimeout(() => (justOpen.current = false));
  }, [menu, tool]);

  /** The keys that send, and all others that work in every field of the composer. */
  const takeKey = (event: KeyboardEvent): boolean => {
    const chord = composerChord(event);
    const way = WAYS.find((each) => CHORD_OF[each] === chord);
    if (way) {
      if (kind === 'reply') latestSubmit.current({ way: way === 'send' ? usual : way });
      else if (chord.startsWith('mod')) latestSubmit.current({ way: 'send' });
      else return false;
    } else if (chord === SNOOZE_CHORD && kind === 'reply') setMenu('snooze');
    else if (chord === LATER_CHORD && kind === 'reply') setMenu('later');
    else if (chord === 'mod+shift+k') setTool('link');
    else if (chord === 'mod+shift+:' || chord === 'mod+shift+;') setTool('emoji');
    else if (chord === 'mod+shift+e' && !note) setAddressing(true);
    else if (chord === 'Escape') {
      if (menu !== null || tool !== null || justOpen.current) {
        setMenu(null);
        setTool(null);
      } else close();
    }
    else return false;
    event.preventDefault();
    // Escape would otherwise leave the conversation as well.
    event.stopPropagation();
    return true;
  };

  const keys = useRef<TypeaheadKeys>(null);
  const editor = useRichEditor({
    content: draft.takenOver > 0 ? readDraft(draft.key).html : draft.opening.html,
    version: draft.takenOver,
    placeholder: note ? t('Write a note that only colleagues see… @ names one of them') : forward ? t('Say something above it…') : t('Write to {name}…', { name: whoGets(conversation) }),
    label: note ? t('Note') : forward ? t('Forward') : t('Reply'),
    language: note ? null : conversation.language,
    mentions: note,
    onChange: (read, empty) => {
      draft.typed(read, empty);
      typing(conversation.id, note ? 'noting' : 'replying');
      if (refused) forgetRefusal(draft.key);
      if (warning) setWarning(null);
    },
    onFiles: draft.attach,
    onImage: draft.upload,
    onTyped: setTyped,
    onKey: (event) => keys.current?.take(event) || takeKey(event),
  });

  useEffect(() => {
    if (editor && !editor.isDestroyed && !forward) editor.commands.focus('end');
  }, [editor, focus, forward]);

  return (
    <section
      ref={sheet}
      className={classes.open}
      data-kind={kind}
      aria-label={note ? t('Write a note') : forward ? t('Forward') : t('Write a reply')}
      onKeyDown={(event) => {
        // The editor has seen its own keys already; a choice that stands open closes by itself.
        if (event.defaultPrevented || (event.target as Element).closest('.tiptap, [role="menu"], [role="dialog"]')) return;
        takeKey(event.nativeEvent);
      }}
      onDrop={(event) => {
        if (event.defaultPrevented || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        draft.attach([...event.dataTransfer.files]);
      }}
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
              {forward ? (messageId ? t('This message') : t('The whole conversation')) : <Recipient conversation={conversation} changed={draft.people !== null} />}{' '}
              {(forward || draft.people !== null || people.cc.length > 0) && inShort(people)}
            </button>
            {others.length > 0 && (
              <button type="button" className={classes.toButton} onClick={() => draft.changePeople({ ...people, cc: [...people.cc, ...others] })}>
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
            name: conversation.answering.insteadOf.name ?? conversation.answering.insteadOf.address ?? '',
          })}
        </p>
      )}
      {!note && <BounceNotice customerId={conversation.customer.id} address={conversation.answersTo?.address ?? null} />}
      {refused && crossing !== undefined && (
        <Crossed conversationId={conversation.id} since={crossing.since} reason={refused} sendAnyway={() => submit({ way: wayOf(crossing.status), snoozedUntil: crossing.snoozedUntil, sendAt: crossing.sendAt })} />
      )}
      {refused && crossing === undefined && (
        <p role="alert" className={classes.refused}>
          {t('Not sent: {reason} Your words are kept. Send again when you are ready.', { reason: refused })}
        </p>
      )}
      {kind === 'reply' && <CompanyWarning conversationId={conversation.id} />}
      {news && crossing === undefined && (
        <p role="status" className={classes.news}>
          {news}
        </p>
      )}
      <OtherDevice draftKey={draft.key} editor={editor} />
      <EditorContent editor={editor} className={`${classes.editor} ${words.words}`} />
      {typed && editor && <TypeaheadList editor={editor} typed={typed} keys={keys} onClose={() => setTyped(null)} />}
      {warning && (
        <div role="alert" className={classes.warning}>
          <span>{warning}</span>
          <Button size="compact-sm" variant="subtle" onClick={() => setWarning(null)}>
            {t('Dismiss')}
          </Button>
        </div>
      )}
      {!note && <SignatureBelow brandId={conversation.brand.id} />}
      <ForwardedFiles files={forwarded} leftBehind={leftBehind} onChange={setLeftBehind} />
      <FileChips draftKey={draft.key} attachments={draft.attachments} onRemove={draft.detach} onRetry={(file) => draft.attach([file])} />
      <footer className={classes.foot}>
        {editor && (
          <Toolbar
            editor={editor}
            open={tool}
            setOpen={setTool}
            onFiles={draft.attach}
            onUpload={draft.add}
            sources={{ conversationId: conversation.id, brandId: conversation.brand.id }}
          >
            {!note && <LanguageTool conversation={conversation} />}
          </Toolbar>
        )}
        <SendButtons kind={kind} busy={busy} ready={filled && !busy} menu={menu} setMenu={setMenu} submit={submit} />
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
