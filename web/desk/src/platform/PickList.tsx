import { IconCheck } from '@tabler/icons-react';
import { Fragment, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { t } from './i18n';
import { KeyCaps } from './KeyCaps';
import classes from './PickList.module.css';

export interface Pick {
  id: string;
  label: string;
  hint?: ReactNode;
  icon?: ReactNode;
  chord?: string;
  group?: string;
  words?: string;
  chosen?: boolean;
  onlyWhenSearched?: boolean;
}

interface Props {
  label: string;
  placeholder: string;
  picks: Pick[];
  onPick: (pick: Pick) => void;
  onClose: () => void;
  /** Offers what was typed as something new. */
  create?: (typed: string) => Pick | null;
  empty?: string;
  multiple?: boolean;
  /** The groups stand above their picks while nothing is typed. */
  grouped?: boolean;
}

/** Every word typed must begin a word of the pick; first comes what is called just so, then what begins with the text. */
export function matching(picks: Pick[], typed: string): Pick[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return picks.filter((pick) => !pick.onlyWhenSearched);
  const parts = wanted.split(/\s+/);
  const found = picks.filter((pick) => {
    const words = `${pick.label} ${pick.words ?? ''}`.toLowerCase().split(/[\s/·,.@-]+/);
    return parts.every((part) => words.some((word) => word.startsWith(part)));
  });
  const rank = (pick: Pick) => {
    const label = pick.label.toLowerCase();
    return label === wanted ? 0 : label.startsWith(wanted) ? 1 : 2;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

/** A filter and a list under it, worked with the arrows and Enter: the one shape of every choice on the desk. */
export function PickList({ label, placeholder, picks, onPick, onClose, create, empty, multiple, grouped }: Props) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const made = typed.trim() && create ? create(typed.trim()) : null;
  const shown = [...matching(picks, typed), ...(made ? [made] : [])];
  const current = Math.min(active, Math.max(0, shown.length - 1));

  useLayoutEffect(() => {
    if (current === 0) listRef.current?.scrollTo({ top: 0 });
    else listRef.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [current, typed]);

  const choose = (pick: Pick | undefined) => {
    if (!pick) return;
    onPick(pick);
    if (multiple) setTyped('');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((current + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(shown[current]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  };

  return (
    <div className={classes.root}>
      <input
        className={classes.input}
        data-autofocus
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[current] ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} ref={listRef} role="listbox" aria-label={label} aria-multiselectable={multiple} className={classes.list}>
        {shown.map((pick, index) => (
          <Fragment key={pick.id}>
            {grouped && !typed && pick.group !== shown[index - 1]?.group && (
              <div className={classes.group} aria-hidden>
                {pick.group}
              </div>
            )}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={multiple ? Boolean(pick.chosen) : index === current}
              data-active={index === current || undefined}
              className={classes.option}
              // A click would take the focus out of the filter before it is seen.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(pick)}
            >
              {(pick.icon || grouped) && <span className={classes.icon}>{pick.icon}</span>}
              <span className={`truncate ${classes.label}`} dir="auto">
                {pick.label}
              </span>
              {pick.hint && <span className={classes.hint}>{pick.hint}</span>}
              {pick.group && typed && <span className={classes.hint}>{pick.group}</span>}
              {pick.chord && <KeyCaps chord={pick.chord} />}
              {pick.chosen && <IconCheck size={16} aria-label={t('chosen')} />}
            </div>
          </Fragment>
        ))}
      </div>
      {shown.length === 0 && <p className={classes.empty}>{empty ?? t('Nothing by that name.')}</p>}
    </div>
  );
}
