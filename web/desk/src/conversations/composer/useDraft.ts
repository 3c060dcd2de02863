import { useCallback, useMemo, useState } from 'react';
import type { Conversation, Upload } from '../../api/types';
import { type Draft, type DraftKind, draftKey, newestDraft, type People, readDraft, saveSoon, writeDraft } from './drafts';
import { openingDraft } from './sending';
import { startUpload } from './uploads';

/** The draft of one conversation: into this browser with every key, to the server a moment later. */
export function useDraft(agentId: number, conversation: Conversation, kind: DraftKind) {
  const key = draftKey(agentId, conversation.id, kind);
  const opening = useMemo(
    () => newestDraft(openingDraft(key), kind === 'reply' ? conversation.draft : null),
    // Only what it opens with: afterwards the editor holds the truth.
    [key],
  );
  const [attachments, setAttachments] = useState<Upload[]>(opening.attachments);
  const [html, setHtml] = useState(opening.html);

  const store = useCallback(
    (change: Partial<Draft>) => {
      writeDraft(key, { ...readDraft(key), ...change, updatedAt: Date.now(), saved: kind !== 'reply', sendKey: null });
      if (kind === 'reply') saveSoon(key, conversation.id);
    },
    [key, kind, conversation.id],
  );
  const changeHtml = (next: string) => {
    setHtml(next);
    store({ html: next, attachments });
  };
  const [people, setPeople] = useState<People | null>(opening.people);
  const changePeople = (next: People) => {
    setPeople(next);
    writeDraft(key, { ...readDraft(key), people: next, sendKey: null });
  };
  const [subject, setSubject] = useState(opening.subject);
  const changeSubject = (next: string) => {
    setSubject(next);
    writeDraft(key, { ...readDraft(key), subject: next, sendKey: null });
  };
  const changeAttachments = (change: (old: Upload[]) => Upload[]) => {
    // From storage, not from state: a file may finish after this composer has gone.
    const next = change(readDraft(key).attachments);
    writeDraft(key, { ...readDraft(key), attachments: next, updatedAt: Date.now(), sendKey: null });
    setAttachments(next);
  };
  const attach = (files: File[]) => {
    for (const file of files) startUpload(key, file, (done) => changeAttachments((old) => [...old, done]));
  };
  /** An image goes where the caret is, or below the words where the editor has gone meanwhile. */
  const upload = (file: File, show: (image: Upload) => boolean) =>
    startUpload(key, file, (done) => {
      if (!show(done)) store({ html: `${readDraft(key).html}<p><img src="/api/v1/attachments/${done.id}" alt=""></p>` });
    });
  return {
    key,
    add: (file: Upload) => changeAttachments((old) => [...old, file]),
    people,
    changePeople,
    subject,
    changeSubject,
    upload,
    opening,
    html,
    changeHtml,
    attachments,
    attach,
    detach: (id: number) => changeAttachments((old) => old.filter((each) => each.id !== id)),
  };
}
