import type { Upload } from '../../api/types';
import { reasonOf, upload } from '../../platform/http';
import { createStore } from '../../platform/store';
import { t } from '../../platform/i18n';

export const LARGEST = 25 * 1024 * 1024;

export interface Uploading {
  id: number;
  draftKey: string;
  file: File;
  share: number;
  problem: string | null;
  stop: () => void;
}

/** Goes on while the agent looks at another conversation; the finished file lands in the draft it belongs to. */
export const uploading = createStore<Uploading[]>([]);

let lastId = 0;

function change(id: number, patch: Partial<Uploading>): void {
  uploading.set(uploading.get().map((each) => (each.id === id ? { ...each, ...patch } : each)));
}

export function forgetUpload(id: number): void {
  uploading
    .get()
    .find((each) => each.id === id)
    ?.stop();
  uploading.set(uploading.get().filter((each) => each.id !== id));
}

export function startUpload(draftKey: string, file: File, whenDone: (done: Upload) => void): void {
  const id = ++lastId;
  const controller = new AbortController();
  const tooLarge = file.size > LARGEST;
  const entry: Uploading = {
    id,
    draftKey,
    file,
    share: 0,
    problem: tooLarge ? t('Larger than 25 MB. Send a link instead.') : null,
    stop: () => controller.abort(),
  };
  uploading.set([...uploading.get(), entry]);
  if (tooLarge) return;
  upload(file, (share) => change(id, { share }), controller.signal)
    .then((done) => {
      // First into the draft, so that at no moment it is neither here nor there.
      whenDone(done);
      uploading.set(uploading.get().filter((each) => each.id !== id));
    })
    .catch((error: unknown) => {
      if (!controller.signal.aborted) change(id, { problem: reasonOf(error) });
    });
}
