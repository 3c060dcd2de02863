import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../api/types';
import { IconAction } from '../../platform/IconAction';
import { t } from '../../platform/i18n';
import { threadView } from '../thread/view';
import { unfold } from '../thread/unfolding';
import classes from './FindBar.module.css';
import './highlight.css';
import { finding } from './finding';
import { clearMarks, mark } from './highlight';
import { hitsIn } from './matches';

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
  const hits = useMemo(() => hitsIn(messages, words), [messages, words]);
  const index = hits.length === 0 ? -1 : Math.min(at, hits.length - 1);
  const hit = hits[index] ?? null;
  const messageId = hit?.messageId ?? null;
  const place = hit?.place ?? 0;

  useEffect(() => {
    void threadView.get()?.loadAll();
    return clearMarks;
  }, []);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);

  // The newest hit is the likeliest one: that is where the reader is.
  useEffect(() => setAt(Number.MAX_SAFE_INTEGER), [words]);

  useEffect(() => {
    if (messageId === null) {
      clearMarks();
      return;
    }
    if (hit?.folded) unfold(messageId, true);
    let gone = false;
    void threadView
      .get()
      ?.reveal(messageId, { block: 'nearest' })
      .then(() => {
        if (gone) return;
        const scroller = document.querySelector('[data-thread]');
        const seen = scroller?.getBoundingClientRect();
        const there = mark(words, { messageId, place });
        if (!scroller || !seen || !there) return;
        const hidden = there.top < seen.top + 56 || there.bottom > seen.bottom - 24;
        if (hidden) scroller.scrollTop += there.top - seen.top - seen.height / 3;
      });
    return () => {
      gone = true;
    };
  }, [words, messageId, place, hit?.folded]);

  // What is drawn only now, or whose frame has just loaded, is marked, too.
  useEffect(() => {
    const scroller = document.querySelector('[data-thread]');
    if (!scroller || messageId === null) return;
    let waits: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      clearTimeout(waits);
      waits = setTimeout(() => mark(words, { messageId, place }), 120);
    };
    const changes = new MutationObserver(again);
    changes.observe(scroller, { childList: true, subtree: true });
    scroller.addEventListener('load', again, true);
    return () => {
      clearTimeout(waits);
      changes.disconnect();
      scroller.removeEventListener('load', again, true);
    };
  }, [words, messageId, place]);

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
