import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyAction } from '../../platform/CopyText';
import { t } from '../../platform/i18n';
import classes from './Security.module.css';

function save(codes: string[]): void {
  const url = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'shopbell-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}

/** Shown this once. */
export function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={classes.codes}>
      <h3 ref={heading} tabIndex={-1}>
        {t('Your recovery codes')}
      </h3>
      <p>{t('Keep them where you find them without your phone. Each lets you in once when the app is not at hand; they are not shown again.')}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={classes.actions}>
        <Button onClick={done}>{t('I have kept them')}</Button>
        <Button variant="default" onClick={() => save(codes)}>
          {t('Save as a file')}
        </Button>
        <CopyAction text={codes.join('\n')} label={t('Copy the codes')} />
      </div>
    </div>
  );
}
