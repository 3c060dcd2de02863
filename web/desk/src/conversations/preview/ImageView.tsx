import { useRef, useState } from 'react';
import { t } from '../../platform/i18n';
import type { ListedFile } from './preview';
import classes from './PreviewDialog.module.css';

interface Props {
  file: ListedFile;
  /** Of the picture's own size; null to fit it in. */
  zoom: number | null;
  setZoom: (zoom: number | null) => void;
  onBroken: () => void;
}

export function ImageView({ file, zoom, setZoom, onBroken }: Props) {
  const image = useRef<HTMLImageElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  return (
    <>
      {width === null && (
        <p className={classes.waiting} role="status">
          {t('Loading…')}
        </p>
      )}
      <img
        ref={image}
        className={zoom === null ? classes.fitted : classes.zoomed}
        style={zoom === null || width === null ? undefined : { width: width * zoom }}
        src={file.url}
        alt={file.name}
        decoding="async"
        onLoad={() => setWidth(image.current?.naturalWidth || 1)}
        onError={onBroken}
        onDoubleClick={() => setZoom(zoom === null ? 1 : null)}
      />
    </>
  );
}
