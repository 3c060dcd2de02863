import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../api/types';
import { IconAction } from '../../platform/IconAction';
import { t } from '../../platform/i18n';
import { threadView } from '../thread/view';
import classes from './FindBar.module.css';
import { finding } from './finding';
import { hitsIn, spansOf } from './matches';
import { useMarks } from './useMarks';

/**
 * Finds words in the open conversation, also in what is folded away, above, or in a mail's frame. Part of the first load: a field
 * that comes late lets the first letters of the word run as commands.
 */
export function FindBar({ messages }: { messages: Message[] }) {
  const asked = finding.use();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const words = useDeferredValue(typed);
  const find = useMemo(() => (text: string) => spansOf(text, words), [words]);
  const hits = useMemo(() => hitsIn(messages, find), [messages, find]);
  const index = hits.length === 0 ? -1 : Math.min(at, hits.length - 1);
  const hit = hits[index] ?? null;
  const messageId = hit?.messageId ?? null;

  useEffect(() => {
    void threadView.get()?.loadAll();
  }, []);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);

  // The newest hit is the likeliest one: that is where the reader is.
  useEffect(() => setAt(Number.MAX_SAFE_INTEGER), [words]);

  useMarks(find, hit);

  const step = (by: 1 | -1) => {
    if (hits.length > 0) setAt((index + by + hits.length) % hits.length);
  };
  const close = () => {
    finding.set(0);
    if (messageId !== null) void threadView.get()?.reveal(messageId, { focus: true, block: 'nearest' });
    else document.querySelector<HTMLElement>('[data-thread]')?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') step(event.shiftKey ? 1 : -1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const count = typed.trim() === '' ? '' : hits.length === 0 ? t('Nothing found') : t('{n} of {all}', { n: index + 1, all: hits.length });
  return (
    <div className={classes.bar} role="search" aria-label={t('Find in this conversation')} onKeyDown={onKey}>
      <input
        ref={field}
        className={classes.field}
        value={typed}
        placeholder={t('Find in this conversation')}
        aria-label={t('Find in this conversation')}
        dir="auto"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <span className={classes.count} role="status">
        {count}
      </span>
      <IconAction label={t('Further up')} chord="Enter" size={28} disabled={hits.length === 0} onClick={() => step(-1)}>
        <IconChevronUp size={16} />
      </IconAction>
      <IconAction label={t('Further down')} chord="shift+Enter" size={28} disabled={hits.length === 0} onClick={() => step(1)}>
        <IconChevronDown size={16} />
      </IconAction>
      <IconAction label={t('Close')} chord="Escape" size={28} onClick={close}>
        <IconX size={16} />
      </IconAction>
    </div>
  );
}
