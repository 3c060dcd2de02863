import { Modal } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconDownload, IconX, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { IconAction } from '../../platform/IconAction';
import { t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import { patiently } from '../../platform/patiently';
import { Boundary } from '../../platform/Trouble';
import { ImageView } from './ImageView';
import { downloadUrl, type ListedFile, preview, type Shown, shownAs } from './preview';
import classes from './PreviewDialog.module.css';
import { TextView } from './TextView';
import { Refused } from './Refused';

const PdfView = lazy(() => patiently(() => import('./PdfView')));

/** A file of more than this is only fetched when that is wished. In bytes. */
const ASKED_FIRST = 40 * 1024 * 1024;
const ZOOMS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];

const canZoom = (shown: Shown) => shown === 'image' || shown === 'pdf';

/** The files of a conversation, one after the other. What is in them is drawn by the desk: nothing of theirs runs. */
export default function PreviewDialog({ files, id }: { files: ListedFile[]; id: number }) {
  const index = files.findIndex((file) => file.id === id);
  const file = files[index];
  const body = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  useEffect(() => setZoom(null), [id]);
  useEffect(() => {
    body.current?.focus();
  }, [id]);
  // Wherever the focus is: nothing in the dialog but a player has keys of its own.
  const onKeys = useRef<(event: KeyboardEvent) => void>(() => undefined);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeys.current(event);
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, []);
  if (!file) return null;
  const shown = shownAs(file);
  const go = (by: 1 | -1) => {
    const to = files[index + by];
    if (to) preview.set(to.id);
  };
  const close = () => preview.set(null);
  const closer = () => setZoom(ZOOMS.find((each) => each > (zoom ?? 1)) ?? zoom);
  const further = () => setZoom([...ZOOMS].reverse().find((each) => each < (zoom ?? 1)) ?? zoom);
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A player has keys of its own.
    if (event.target instanceof HTMLMediaElement) return;
    const run = {
      ArrowLeft: () => go(-1),
      ArrowRight: () => go(1),
      '+': closer,
      '=': closer,
      '-': further,
      '0': () => setZoom(null),
      d: () => download(file),
    }[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  onKeys.current = onKey;
  const name = file.name || t('Unnamed file');
  return (
    <Modal.Root opened onClose={close} fullScreen padding={0}>
      <Modal.Content className={classes.content} aria-label={t('Attachment {name}', { name })}>
        <header className={classes.bar}>
          <Modal.Title className={classes.title}>
            <span className="truncate" dir="auto" title={name}>
              {name}
            </span>
          </Modal.Title>
          <span className={classes.facts}>
            {fileSize(file.size)}
            {files.length > 1 && <> · {t('{n} of {all}', { n: index + 1, all: files.length })}</>}
          </span>
          {canZoom(shown) && (
            <span className={classes.zoom}>
              <IconAction label={t('Smaller')} chord="-" onClick={further}>
                <IconZoomOut size={18} />
              </IconAction>
              <IconAction label={t('Fit to the window')} chord="0" onClick={() => setZoom(null)} aria-pressed={zoom === null}>
                <IconZoomReset size={18} />
              </IconAction>
              <IconAction label={t('Larger')} chord="+" onClick={closer}>
                <IconZoomIn size={18} />
              </IconAction>
            </span>
          )}
          <IconAction label={t('Previous file')} chord="ArrowLeft" disabled={index === 0} onClick={() => go(-1)}>
            <IconArrowLeft size={18} />
          </IconAction>
          <IconAction label={t('Next file')} chord="ArrowRight" disabled={index === files.length - 1} onClick={() => go(1)}>
            <IconArrowRight size={18} />
          </IconAction>
          <IconAction label={t('Download')} chord="d" onClick={() => download(file)}>
            <IconDownload size={18} />
          </IconAction>
          <IconAction label={t('Close')} chord="Escape" onClick={close}>
            <IconX size={18} />
          </IconAction>
        </header>
        <div
          ref={body}
          data-autofocus
          className={classes.body}
          tabIndex={0} role="region" aria-label={name} data-shown={shown} data-zoomed={zoom !== null || undefined}>
          <Boundary what={t('this file')} resetKey={file.id}>
            <Suspense fallback={<Waiting />}>
              <View key={file.id} file={file} shown={shown} zoom={zoom} setZoom={setZoom} />
            </Suspense>
          </Boundary>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

function download(file: ListedFile): void {
  const link = document.createElement('a');
  link.href = downloadUrl(file);
  link.download = file.name;
  link.click();
}

function Waiting() {
  return (
    <p className={classes.waiting} role="status">
      {t('Loading…')}
    </p>
  );
}

interface ViewProps {
  file: ListedFile;
  shown: Shown;
  zoom: number | null;
  setZoom: (zoom: number | null) => void;
}

function View({ file, shown, zoom, setZoom }: ViewProps) {
  const [wished, setWished] = useState(file.size <= ASKED_FIRST);
  const [broken, setBroken] = useState(false);
  if (broken) return <Refused file={file} words={t('It could not be read. It may be damaged, or not be what its name says.')} />;
  if (!wished && shown !== 'none' && shown !== 'audio' && shown !== 'video') {
    return <Refused file={file} words={t('It is large: {size}.', { size: fileSize(file.size) })} anyway={() => setWished(true)} />;
  }
  switch (shown) {
    case 'image':
      return <ImageView file={file} zoom={zoom} setZoom={setZoom} onBroken={() => setBroken(true)} />;
    case 'pdf':
      return <PdfView file={file} zoom={zoom} onBroken={() => setBroken(true)} />;
    case 'text':
    case 'csv':
    case 'json':
      return <TextView file={file} as={shown} />;
    case 'audio':
      return <audio className={classes.media} src={file.url} controls aria-label={file.name} onError={() => setBroken(true)} />;
    case 'video':
      return <video className={classes.media} src={file.url} controls playsInline aria-label={file.name} onError={() => setBroken(true)} />;
    case 'none':
      return <Refused file={file} words={t('Files of this kind cannot be shown here.')} />;
  }
}
