import { t } from '../../platform/i18n';
import '../../platform/mantine-forms.css';
import { Button, Modal } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Message } from '../../api/types';
import { post, reasonOf } from '../../platform/http';
import { toast } from '../../platform/toasts';
import { touch } from '../freshen';
import classes from './SplitDialog.module.css';
import { joinOwn, ownLines } from './split';

/** The whole mail, line by line: which lines are the sender's own, as the agent says. */
export function SplitDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const lines = (message.text ?? '').split('\n');
  const [own, setOwn] = useState(() => ownLines(lines, message.ownText ?? ''));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const last = useRef<number | null>(null);
  const list = useRef<HTMLDivElement>(null);

  const set = (line: number, to: boolean, extend: boolean) => {
    const from = extend && last.current !== null ? last.current : line;
    const [first, end] = from < line ? [from, line] : [line, from];
    setOwn((old) => old.map((each, i) => (i >= first && i <= end ? to : each)));
    last.current = line;
  };
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const boxes = [...(list.current?.querySelectorAll('input') ?? [])];
    const next = boxes[boxes.findIndex((box) => box === event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  const save = async (ownText: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await post(`/messages/${message.id}/split-case`, { ownText });
      touch(message.conversationId, true);
      toast(t('Thank you, kept as a case'));
      onClose();
    } catch (error) {
      setProblem(reasonOf(error));
      setBusy(false);
    }
  };

  return (
    <Modal opened onClose={onClose} title={t('What did they write themselves?')} size="lg" closeButtonProps={{ 'aria-label': t('Close') }}>
      <p className={classes.hint}>
        {t('Tick the lines that are theirs. Hold Shift to tick all lines from the last one; the arrow keys go from line to line.')}
      </p>
      <div ref={list} className={classes.lines} role="group" aria-label={t('Lines of the mail')} onKeyDown={move}>
        {lines.map((line, i) =>
          line.trim() ? (
            <label key={i} className={classes.line} data-own={own[i] || undefined}>
              <input
                type="checkbox"
                checked={own[i] ?? false}
                onChange={(event) => {
                  const native = event.nativeEvent as MouseEvent;
                  set(i, event.currentTarget.checked, native.shiftKey);
                }}
              />
              <span dir="auto">{line}</span>
            </label>
          ) : (
            <div key={i} className={classes.gap} />
          ),
        )}
      </div>
      {problem && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" disabled={busy} onClick={() => void save('')}>
          {t('All of it is theirs')}
        </Button>
        <Button loading={busy} disabled={!own.some((each, i) => each && lines[i]?.trim())} onClick={() => void save(joinOwn(lines, own))}>
          {t('Save')}
        </Button>
      </div>
    </Modal>
  );
}
