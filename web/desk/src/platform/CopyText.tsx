import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { announce } from './announcer';
import { t } from './i18n';
import { IconAction } from './IconAction';

async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // The clipboard API is missing on plain http, where many installations begin.
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

export function CopyAction({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  return (
    <IconAction
      size={28}
      label={done ? t('Copied') : label}
      onClick={() =>
        void copy(text).then(() => {
          setDone(true);
          announce(t('Copied'));
          setTimeout(() => setDone(false), 1_500);
        })
      }
    >
      {done ? <IconCheck size={16} /> : <IconCopy size={16} />}
    </IconAction>
  );
}

/** Something to take along: a command, a link, a secret. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  return (
    <div className="copy-box">
      <code tabIndex={0}>{text}</code>
      <CopyAction text={text} label={label} />
    </div>
  );
}
