import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Draft as ServerDraft, Upload } from '../../api/types';
import { keys, queryClient } from '../../platform/queries';
import { type Draft, isBlank, type People, readDraft, writeDraft } from './drafts';
import { attachTo, changeFiles, filesChanged } from './draftFiles';
import { adopted, meet, openingWith, saveNow, saveSoon } from './draftSync';
import { openingDraft } from './sending';
import { startUpload } from './uploads';

/** So long after a key the words are written down in this browser. */
const WRITE_AFTER_MS = 80;

/**
 * One draft while it is being written: into this browser at once, to the server a moment later. The words themselves are
 * no state of React: a key that is typed renders nothing, unless the text begins or ends to be empty.
 */
export function useDraft(key: string, server: ServerDraft | null, start?: Partial<Draft>) {
  const opening = useMemo(
    () => {
      const draft = openingWith(openingDraft(key), server);
      return draft.updatedAt === 0 ? { ...draft, ...start } : draft;
    },
    // Only what it opens with: afterwards the editor holds the truth.
    [key],
  );
  const [draft, setDraft] = useState<Omit<Draft, 'html'>>(opening);
  const [blank, setBlank] = useState(() => isBlank(opening.html));
  const changed = useRef(false);
  const pending = useRef<{ read: () => string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const store = useCallback(
    (change: Partial<Draft>) => {
      const next = { ...readDraft(key), ...change, updatedAt: Date.now(), saved: false, sendKey: null };
      writeDraft(key, next);
      changed.current = true;
      saveSoon(key);
      return next;
    },
    [key],
  );
  const flush = useCallback(() => {
    const waiting = pending.current;
    if (!waiting) return;
    pending.current = null;
    clearTimeout(waiting.timer);
    const html = waiting.read();
    store({ html, forwarded: opening.forwarded });
  }, [store, opening]);
  const typed = useCallback(
    (read: () => string, empty: boolean) => {
      setBlank(empty);
      pending.current ??= { read, timer: setTimeout(flush, WRITE_AFTER_MS) };
      pending.current.read = read;
    },
    [flush],
  );

  useEffect(() => {
    const leave = () => {
      flush();
      void saveNow(key, { leaving: true });
    };
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') leave();
      // Perhaps it was written on elsewhere meanwhile.
      else if (/^\d+$/.test(key.split('.')[2] ?? '')) void queryClient.invalidateQueries({ queryKey: keys.conversation(Number(key.split('.')[2])) });
    };
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', onVisibility);
      flush();
      void saveNow(key);
    };
  }, [key, flush]);

  useEffect(() => {
    if (opening.base !== null && opening.saved && readDraft(key).base !== opening.base) writeDraft(key, opening);
  }, [key, opening]);
  useEffect(() => meet(key, server), [key, server]);
  const adoptions = adopted.use()[key] ?? 0;
  const [before] = useState(adoptions);
  const takenOver = adoptions - before;
  const [seen, setSeen] = useState(takenOver);
  if (seen !== takenOver) {
    setSeen(takenOver);
    const now = readDraft(key);
    setDraft(now);
    setBlank(isBlank(now.html));
  }

  const files = filesChanged.use();
  const [shownFiles, setShownFiles] = useState(files);
  if (shownFiles !== files) {
    setShownFiles(files);
    setDraft({ ...draft, attachments: readDraft(key).attachments });
  }

  const change = (patch: Partial<Draft>) => {
    flush();
    setDraft(store(patch));
  };
  /** An image goes where the caret is, or below the words where the editor has gone meanwhile. */
  const upload = (file: File, show: (image: Upload) => boolean) =>
    startUpload(key, file, (done) => {
      if (!show(done)) store({ html: `${readDraft(key).html}<p><img src="/api/v1/attachments/${done.id}" alt=""></p>` });
    });
  return {
    key,
    opening,
    blank,
    people: draft.people,
    subject: draft.subject,
    brandId: draft.brandId,
    attachments: draft.attachments,
    /** Counts up when another device's words took the place of these. */
    takenOver,
    /** The words as they are now. */
    html: () => {
      flush();
      return changed.current || takenOver > 0 ? readDraft(key).html : opening.html;
    },
    typed,
    changePeople: (people: People | null) => change({ people }),
    changeSubject: (subject: string) => change({ subject: subject || null }),
    changeBrand: (brandId: number) => change({ brandId }),
    add: (file: Upload) => changeFiles(key, (old) => [...old, file]),
    detach: (id: number) => changeFiles(key, (old) => old.filter((each) => each.id !== id)),
    attach: (files: File[]) => attachTo(key, files),
    upload,
  };
}
