import { IconDownload, IconFile, IconFileTypePdf, IconFileZip, IconMusic, IconVideo } from '@tabler/icons-react';
import type { Attachment } from '../../api/types';
import { t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import classes from './Attachments.module.css';

const THUMBNAIL = /^image\/(png|jpe?g|gif|webp|avif)$/;

function FileIcon({ type }: { type: string }) {
  const size = 20;
  if (type === 'application/pdf') return <IconFileTypePdf size={size} />;
  if (/zip|compressed|tar/.test(type)) return <IconFileZip size={size} />;
  if (type.startsWith('audio/')) return <IconMusic size={size} />;
  if (type.startsWith('video/')) return <IconVideo size={size} />;
  return <IconFile size={size} />;
}

export function Attachments({ attachments }: { attachments: Attachment[] }) {
  if (attachments.length === 0) return null;
  const isPicture = (file: Attachment) => THUMBNAIL.test(file.contentType);
  const pictures = attachments.filter(isPicture);
  const ordered = [...pictures, ...attachments.filter((file) => !isPicture(file))];
  return (
    <ul className={classes.list} aria-label={t('Attachments')}>
      {ordered.map((file) => {
        const picture = isPicture(file);
        return (
          <li key={file.id} className={classes.item} data-picture={picture || undefined}>
            <a
              className={classes.link}
              href={picture ? file.url : `${file.url}?download=true`}
              target={picture ? '_blank' : undefined}
              rel="noopener"
              download={picture ? undefined : file.name}
              title={`${file.name} (${fileSize(file.size)})`}
            >
              {picture ? <img className={classes.thumbnail} src={file.url} alt="" loading="lazy" /> : <FileIcon type={file.contentType} />}
              <span className={classes.text}>
                <span className="truncate" dir="auto">
                  {file.name || t('Unnamed file')}
                </span>
                <span className={classes.size}>{fileSize(file.size)}</span>
              </span>
            </a>
            {picture && (
              <a className={classes.download} href={`${file.url}?download=true`} download={file.name} aria-label={t('Download {name}', { name: file.name })}>
                <IconDownload size={16} />
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
