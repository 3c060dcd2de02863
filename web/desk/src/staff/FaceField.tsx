import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Agent, Session } from '../api/types';
import { Face } from '../platform/Face';
import { call, postFile } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { useSession } from './session';

const SIDE = 384;

/** The middle of any picture that the browser can show, upright, as a small PNG. */
async function square(file: File): Promise<Blob> {
  const image = await createImageBitmap(file).catch(() => {
    throw new Error(t('Your browser cannot read this picture. Choose a PNG or JPEG.'));
  });
  const side = Math.min(image.width, image.height);
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  canvas.getContext('2d')?.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  image.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(t('Your browser cannot read this picture. Choose a PNG or JPEG.'));
  return blob;
}

/** Taken over at once: a picture needs no second thought that choosing another would not undo. */
export function FaceField() {
  const { agent } = useSession();
  const queryClient = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const { busy, save, reason } = useSaving();
  const keep = (work: () => Promise<Agent>, done: string) =>
    void save(async () => {
      const saved = await work();
      queryClient.setQueryData<Session>(keys.session, (old) => old && { ...old, agent: saved });
      void queryClient.invalidateQueries({ queryKey: keys.agents });
      void queryClient.invalidateQueries({ queryKey: keys.signatures });
    }, done);
  return (
    <div>
      <div className={classes.bar} style={{ paddingBottom: 0 }}>
        <Face name={agent.name} size={72} url={agent.faceUrl} />
        <div className={classes.grow}>
          <div className={classes.actions}>
            <Button variant="default" loading={busy} onClick={() => chooser.current?.click()}>
              {agent.faceUrl ? t('Change the picture') : t('Add a picture')}
            </Button>
            {agent.faceUrl && (
              <Button variant="subtle" disabled={busy} onClick={() => keep(() => call<Agent>('DELETE', '/me/face'), t('Picture removed'))}>
                {t('Remove')}
              </Button>
            )}
          </div>
          <p className={classes.quiet} style={{ paddingTop: 8 }}>
            {t('Customers see it under your mails: its middle, as a circle. Anyone with its address can see it.')}
          </p>
        </div>
      </div>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        aria-label={t('Picture')}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) keep(async () => postFile<Agent>('/me/face', await square(file)), t('Picture saved'));
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
