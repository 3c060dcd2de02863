import { IconDownload, IconFile, IconFileText, IconFileTypePdf, IconFileZip, IconMusic, IconTable, IconVideo } from '@tabler/icons-react';
import { type MouseEvent, useState } from 'react';
import type { Attachment, Message } from '../../api/types';
import { plural, t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import { downloadUrl, preview, shownAs } from '../preview/preview';
import classes from './Attachments.module.css';

/** A picture of more than this is not fetched for a thumbnail. In bytes. */
const LARGEST_THUMBNAIL = 12 * 1024 * 1024;

function FileIcon({ file }: { file: Attachment }) {
  const size = 20;
  switch (shownAs(file)) {
    case 'pdf':
      return <IconFileTypePdf size={size} />;
    case 'csv':
      return <IconTable size={size} />;
    case 'audio':
      return <IconMusic size={size} />;
    case 'video':
      return <IconVideo size={size} />;
    case 'text':
    case 'json':
      return <IconFileText size={size} />;
    default:
      return /zip|compressed|tar/.test(file.contentType) ? <IconFileZip size={size} /> : <IconFile size={size} />;
  }
}

const isPicture = (file: Attachment) => shownAs(file) === 'image' && file.size <= LARGEST_THUMBNAIL;

/** What hangs on a message: looked at here where that can be done, else downloaded. */
export function Attachments({ message }: { message: Message }) {
  const files = message.attachments.filter((each) => !each.inline || !message.html);
  if (files.length === 0) return null;
  const ordered = [...files.filter(isPicture), ...files.filter((file) => !isPicture(file))];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <>
      <ul className={classes.list} aria-label={t('Attachments')}>
        {ordered.map((file) => (
          <Item key={file.id} file={file} />
        ))}
      </ul>
      {files.length > 1 && message.id > 0 && (
        <a className={classes.all} href={`/api/v1/messages/${message.id}/attachments.zip`} download>
          <IconFileZip size={16} aria-hidden />
          {plural(files.length, 'Download {n} file', 'Download all {n} files')} ({fileSize(total)})
        </a>
      )}
    </>
  );
}

function Item({ file }: { file: Attachment }) {
  const [broken, setBroken] = useState(false);
  const picture = isPicture(file) && !broken;
  const shown = shownAs(file) !== 'none';
  const look = (event: MouseEvent) => {
    // A new tab, asked for by Ctrl or the middle button, is left to the browser.
    if (!shown || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    preview.set(file.id);
  };
  const name = file.name || t('Unnamed file');
  return (
    <li className={classes.item} data-picture={picture || undefined}>
      <a
        className={classes.link}
        href={downloadUrl(file)}
        download={file.name}
        title={`${name} (${fileSize(file.size)})`}
        aria-haspopup={shown ? 'dialog' : undefined}
        onClick={look}
      >
        {picture ? <img className={classes.thumbnail} src={file.url} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} /> : <FileIcon file={file} />}
        <span className={classes.text}>
          <span className="truncate" dir="auto">
            {name}
          </span>
          <span className={classes.size}>{fileSize(file.size)}</span>
        </span>
      </a>
      {shown && (
        <a className={classes.download} href={downloadUrl(file)} download={file.name} aria-label={t('Download {name}', { name })}>
          <IconDownload size={16} />
        </a>
      )}
    </li>
  );
}
