import { Button, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { LibraryFile } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { del, post, upload } from '../platform/http';
import { plural, t } from '../platform/i18n';
import { fileSize } from '../platform/instants';
import { ListBones } from '../platform/ListBones';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { Words } from '../platform/Words';
import { libraryQuery } from './queries';

/** The files of a brand that agents attach again and again. */
export function LibrarySettings() {
  const queryClient = useQueryClient();
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const brandId = Number(chosen ?? brands[0]?.id ?? 0);
  const query = useQuery({ ...libraryQuery(brandId), enabled: brandId > 0 });
  const chooser = useRef<HTMLInputElement>(null);
  const { busy, save, reason } = useSaving();
  const freshen = () => void queryClient.invalidateQueries({ queryKey: keys.library(brandId) });
  const add = async (files: File[]) => {
    for (const file of files) {
      const { id } = await upload(file, () => undefined, new AbortController().signal);
      await post('/library-files', { brandId, attachmentId: id });
    }
  };
  const remove = (file: LibraryFile) => void save(() => del(`/library-files/${file.id}`), t('{name} removed', { name: file.name })).then(freshen);

  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the library')} retry={() => void query.refetch()} />;
  if (query.isPending) return <ListBones rows={3} />;
  return (
    <>
      <p className={classes.lead}>
        {t('Files that go out often: price lists, return labels, terms. Everybody who answers finds them behind the paper clip. Mails that were sent keep theirs when one is removed here.')}
      </p>
      <div className={classes.bar} style={{ alignItems: 'flex-end' }}>
        {brands.length > 1 && (
          <Select
            label={t('Brand')}
            data={brands.map((brand) => ({ value: String(brand.id), label: brand.name }))}
            value={String(brandId)}
            allowDeselect={false}
            onChange={setChosen}
          />
        )}
        <Button variant="default" loading={busy} onClick={() => chooser.current?.click()}>
          {t('Add files')}
        </Button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label={t('Files for the library')}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            void save(() => add(files), plural(files.length, 'Added to the library', '{n} files added to the library')).then(freshen);
          }}
        />
      </div>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      {query.data.items.length === 0 && <p className={classes.quiet}>{t('Nothing yet.')}</p>}
      <ul aria-label={t('Files of the library')}>
        {query.data.items.map((file) => (
          <li key={file.id} className={classes.row}>
            <div className={classes.grow}>
              <p className="truncate" dir="auto" title={file.name}>
                {file.name}
              </p>
              <p className={`truncate ${classes.quiet}`}>
                {fileSize(file.size)} ·{' '}
                {file.addedBy ? (
                  <Words of={t('added by {name} {time}')} name={file.addedBy} time={<Time at={file.createdAt} />} />
                ) : (
                  <Words of={t('added {time}')} time={<Time at={file.createdAt} />} />
                )}
              </p>
            </div>
            <Button variant="subtle" color="red" disabled={busy} onClick={() => remove(file)} aria-label={t('Remove {name}', { name: file.name })}>
              {t('Remove')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
