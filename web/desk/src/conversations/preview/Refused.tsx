import { Button } from '@mantine/core';
import { IconDownload, IconFile } from '@tabler/icons-react';
import { t } from '../../platform/i18n';
import { downloadUrl, type ListedFile } from './preview';
import classes from './PreviewDialog.module.css';

/** A file that is not shown: why, and what to do. */
export function Refused({ file, words, anyway }: { file: ListedFile; words: string; anyway?: () => void }) {
  return (
    <div className={classes.refused}>
      <IconFile size={40} aria-hidden />
      <p>{words}</p>
      <div className={classes.choices}>
        {anyway && (
          <Button variant="default" onClick={anyway}>
            {t('Show it all the same')}
          </Button>
        )}
        <Button component="a" href={downloadUrl(file)} download={file.name} leftSection={<IconDownload size={16} />}>
          {t('Download')}
        </Button>
      </div>
    </div>
  );
}
