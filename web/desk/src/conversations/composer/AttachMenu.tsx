import { Menu } from '@mantine/core';
import { IconBooks, IconFile, IconPaperclip, IconUpload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Upload } from '../../api/types';
import { post, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { fileSize } from '../../platform/instants';
import { toastProblem } from '../../platform/toasts';
import { libraryQuery, messagesQuery } from '../queries';
import classes from './Composer.module.css';

interface Props {
  conversationId: number;
  brandId: number;
  onChoose: () => void;
  onUpload: (file: Upload) => void;
}

/** Files from this computer, from the brand's library, or from the conversation itself. */
export function AttachMenu({ conversationId, brandId, onChoose, onUpload }: Props) {
  const [opened, setOpened] = useState(false);
  const library = useQuery({ ...libraryQuery(brandId), enabled: opened }).data?.items ?? [];
  const messages = useInfiniteQuery(messagesQuery(conversationId)).data?.pages.flatMap((page) => page.items) ?? [];
  const files = messages.flatMap((each) => each.attachments).filter((each) => !each.inline);
  const copy = async (path: string) => {
    try {
      onUpload(await post<Upload>(`${path}/copies`));
    } catch (error) {
      toastProblem(t('It could not be attached. {reason}', { reason: reasonOf(error) }));
    }
  };
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start" width={300}>
      <Menu.Target>
        <IconAction label={t('Attach files')} size={28} className={classes.tool}>
          <IconPaperclip size={16} />
        </IconAction>
      </Menu.Target>
      <Menu.Dropdown className={classes.attachables}>
        <Menu.Item leftSection={<IconUpload size={16} />} onClick={onChoose}>
          {t('From this computer…')}
        </Menu.Item>
        {library.length > 0 && <Menu.Label>{t('From the library')}</Menu.Label>}
        {library.map((file) => (
          <Choice key={`l${file.id}`} file={file} Icon={IconBooks} onClick={() => void copy(`/library-files/${file.id}`)} />
        ))}
        {files.length > 0 && <Menu.Label>{t('From this conversation')}</Menu.Label>}
        {files.map((file) => (
          <Choice key={`a${file.id}`} file={file} Icon={IconFile} onClick={() => void copy(`/attachments/${file.id}`)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  file: { name: string; size: number };
  Icon: typeof IconFile;
  onClick: () => void;
}

function Choice({ file, Icon, onClick }: ChoiceProps) {
  return (
    <Menu.Item leftSection={<Icon size={16} />} rightSection={<span className={classes.attachableSize}>{fileSize(file.size)}</span>} onClick={onClick}>
      <span className={`truncate ${classes.attachable}`} dir="auto" title={file.name}>
        {file.name || t('Unnamed file')}
      </span>
    </Menu.Item>
  );
}
