import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Brand } from '../api/types';
import { call, postFile } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { BrandMark } from './BrandMark';

const LONGEST_SIDE = 800;

/** Any picture that the browser can show, whole and upright, as a small PNG. */
async function whole(file: File): Promise<Blob> {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) throw new Error(t('Your browser cannot read this picture. Choose a PNG or JPEG.'));
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(t('Your browser cannot read this picture. Choose a PNG or JPEG.'));
  return blob;
}

/** Taken over at once: a logo needs no second thought that choosing another would not undo. */
export function LogoField({ brand, color }: { brand: Brand; color: string }) {
  const queryClient = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const { busy, save, reason } = useSaving();
  const keep = (work: () => Promise<Brand>, done: string) =>
    void save(async () => {
      await work();
      await queryClient.invalidateQueries({ queryKey: keys.brands });
    }, done);
  return (
    <div>
      <div className={classes.bar} style={{ paddingBottom: 0 }}>
        <BrandMark brand={{ ...brand, color }} size={64} />
        <div className={classes.grow}>
          <div className={classes.actions}>
            <Button variant="default" loading={busy} aria-label={brand.logoUrl ? t('Change the logo of {name}', { name: brand.name }) : t('Add a logo to {name}', { name: brand.name })} onClick={() => chooser.current?.click()}>
              {brand.logoUrl ? t('Change the logo') : t('Add a logo')}
            </Button>
            {brand.logoUrl && (
              <Button variant="subtle" disabled={busy} onClick={() => keep(() => call<Brand>('DELETE', `/brands/${brand.id}/logo`), t('Logo removed'))}>
                {t('Remove')}
              </Button>
            )}
          </div>
          <p className={classes.quiet} style={{ paddingTop: 8 }}>
            {t('PNG or JPEG, up to 2 MB. A square one is told best in lists. Anyone with its address can see it.')}
          </p>
        </div>
      </div>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        aria-label={t('Logo')}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) keep(async () => postFile<Brand>(`/brands/${brand.id}/logo`, await whole(file)), t('Logo saved'));
        }}
      />
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
    </div>
  );
}
