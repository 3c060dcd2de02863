import { lazy, Suspense, useEffect } from 'react';
import type { Message } from '../../api/types';
import { patiently } from '../../platform/patiently';
import { listedFiles, preview } from '../preview/preview';
import { original } from './original';

const loadPreview = () => import('../preview/PreviewDialog');
const PreviewDialog = lazy(() => patiently(loadPreview));
const OriginalDialog = lazy(() => patiently(() => import('./OriginalDialog')));

/** What is looked at in a dialog of its own: a file, or a mail as it came. */
export function ThreadDialogs({ messages }: { messages: Message[] }) {
  const file = preview.use();
  const mail = original.use();
  useEffect(
    () => () => {
      preview.set(null);
      original.set(null);
    },
    [],
  );
  return (
    <Suspense>
      {file !== null && <PreviewDialog files={listedFiles(messages)} id={file} />}
      {mail !== null && <OriginalDialog id={mail} />}
    </Suspense>
  );
}
