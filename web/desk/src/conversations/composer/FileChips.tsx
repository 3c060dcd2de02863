import { IconAlertTriangle, IconPaperclip, IconX } from '@tabler/icons-react';
import type { Upload } from '../../api/types';
import { t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import classes from './FileChips.module.css';
import { forgetUpload, uploading } from './uploads';

interface Props {
  draftKey: string;
  attachments: Upload[];
  onRemove: (id: number) => void;
  onRetry: (file: File) => void;
}

export function FileChips({ draftKey, attachments, onRemove, onRetry }: Props) {
  const running = uploading.use().filter((each) => each.draftKey === draftKey);
  if (running.length === 0 && attachments.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('Attached files')}>
      {attachments.map((file) => (
        <li key={file.id} className={classes.file}>
          <IconPaperclip size={14} aria-hidden />
          <span className="truncate" dir="auto" title={file.name}>
            {file.name}
          </span>
          <span className={classes.size}>{fileSize(file.size)}</span>
          <button type="button" className={classes.remove} aria-label={t('Remove {name}', { name: file.name })} onClick={() => onRemove(file.id)}>
            <IconX size={14} />
          </button>
        </li>
      ))}
      {running.map((each) => (
        <li key={`u${each.id}`} className={classes.file} data-bad={each.problem !== null || undefined}>
          {each.problem && <IconAlertTriangle size={14} aria-hidden />}
          <span className="truncate" dir="auto" title={each.file.name}>
            {each.file.name}
          </span>
          {each.problem ? (
            <span className={classes.problem}>{each.problem}</span>
          ) : (
            <progress className={classes.progress} value={each.share} max={1} aria-label={t('Uploading {name}', { name: each.file.name })} />
          )}
          {each.problem && (
            <button
              type="button"
              className={classes.retry}
              onClick={() => {
                forgetUpload(each.id);
                onRetry(each.file);
              }}
            >
              {t('Try again')}
            </button>
          )}
          <button type="button" className={classes.remove} aria-label={t('Remove {name}', { name: each.file.name })} onClick={() => forgetUpload(each.id)}>
            <IconX size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
