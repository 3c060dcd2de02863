import type { Upload } from '../../api/types';
import { createStore } from '../../platform/store';
import { readDraft, writeDraft } from './drafts';
import { saveSoon } from './draftSync';
import { startUpload } from './uploads';

/** Counts up whenever a draft gains or loses a file, whoever gave it. */
export const filesChanged = createStore(0);

/** In what is kept, not in what is shown: a file may arrive after its composer has gone. */
export function changeFiles(key: string, edit: (old: Upload[]) => Upload[]): void {
  const draft = readDraft(key);
  writeDraft(key, { ...draft, attachments: edit(draft.attachments), updatedAt: Date.now(), saved: false, sendKey: null });
  saveSoon(key);
  filesChanged.set(filesChanged.get() + 1);
}

export function attachTo(key: string, files: File[]): void {
  for (const file of files) startUpload(key, file, (done) => changeFiles(key, (old) => [...old, done]));
}
