import { IconUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../../platform/i18n';
import classes from './Writing.module.css';

/** Leaving one element for another within the page comes as leave and enter; only this much later nothing is over it. */
const GONE_AFTER_MS = 120;

interface Props {
  /** Says where the files go. */
  words: string;
  onFiles: (files: File[]) => void;
}

/** Files may be dropped anywhere on the conversation: while some are dragged over the page, it says so. */
export function DropTarget({ words, onFiles }: Props) {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event) || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      // Else the browser would leave the desk and open the file.
      event.preventDefault();
      clearTimeout(timer);
      setDragging(true);
      timer = setTimeout(() => setDragging(false), 1_000);
    };
    const onLeave = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setDragging(false), GONE_AFTER_MS);
    };
    const onDrop = (event: DragEvent) => {
      clearTimeout(timer);
      setDragging(false);
      if (holdsFiles(event)) event.preventDefault();
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      clearTimeout(timer);
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, []);
  if (!dragging) return null;
  return (
    <div
      className={classes.dropTarget}
      onDrop={(event) => {
        event.preventDefault();
        setDragging(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <IconUpload size={24} aria-hidden />
      <strong>{words}</strong>
      <span>{t('At most 25 MB each. A picture dropped on the words stands among them.')}</span>
    </div>
  );
}
