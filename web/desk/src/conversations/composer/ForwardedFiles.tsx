import { Checkbox } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Attachment } from '../../api/types';
import { t } from '../../platform/i18n';
import { fileSize } from '../../platform/instants';
import { messagesQuery } from '../queries';
import classes from './Composer.module.css';

/** The files that hang on what is forwarded. Empty where not all of them are known yet: then all go along. */
export function useForwardedFiles(conversationId: number | null, messageId?: number): Attachment[] {
  const query = useInfiniteQuery({ ...messagesQuery(conversationId ?? 0), enabled: conversationId !== null });
  if (conversationId === null || (query.hasNextPage && !messageId)) return [];
  return (query.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((each) => (messageId ? each.id === messageId : each.direction !== 'note'))
    .flatMap((each) => each.attachments)
    .filter((each) => !each.inline);
}

interface Props {
  files: Attachment[];
  leftBehind: number[];
  onChange: (leftBehind: number[]) => void;
}

export function ForwardedFiles({ files, leftBehind, onChange }: Props) {
  if (files.length === 0) return null;
  return (
    <fieldset className={classes.carried}>
      <legend className="visually-hidden">{t('Files that go along')}</legend>
      <span className={classes.carriedTitle} aria-hidden>
        {t('Files that go along:')}
      </span>
      {files.map((file) => (
        <Checkbox
          key={file.id}
          size="xs"
          label={`${file.name || t('Unnamed file')} (${fileSize(file.size)})`}
          checked={!leftBehind.includes(file.id)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? leftBehind.filter((id) => id !== file.id) : [...leftBehind, file.id])
          }
        />
      ))}
    </fieldset>
  );
}
