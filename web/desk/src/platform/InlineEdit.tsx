import { type KeyboardEvent, useRef, useState } from 'react';
import classes from './InlineEdit.module.css';

interface Props {
  value: string;
  /** Shown while there is no value. */
  empty: string;
  label: string;
  onSave: (value: string) => void;
  className?: string;
  readOnly?: boolean;
  maxLength?: number;
}

/** Text that becomes a field where it stands. Enter or leaving saves, Escape forgets. */
export function InlineEdit({ value, empty, label, onSave, className = '', readOnly, maxLength = 300 }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  if (readOnly) {
    return (
      <span className={className} dir="auto">
        {value || empty}
      </span>
    );
  }
  const finish = (save: boolean) => {
    const next = draft?.trim();
    setDraft(null);
    if (save && next !== undefined && next !== value) onSave(next);
    setTimeout(() => button.current?.focus({ preventScroll: true }), 0);
  };
  if (draft === null) {
    return (
      <button
        ref={button}
        type="button"
        dir="auto"
        className={`${classes.text} ${className}`}
        data-empty={!value || undefined}
        title={value ? `${value}\n${label}` : label}
        onClick={() => setDraft(value)}
      >
        {value || empty}
        <span className="visually-hidden"> – {label}</span>
      </button>
    );
  }
  return (
    <input
      className={`${classes.field} ${className}`}
      aria-label={label}
      dir="auto"
      autoFocus
      maxLength={maxLength}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => draft !== null && finish(true)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') {
          event.stopPropagation();
          finish(false);
        }
      }}
    />
  );
}
