import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../../platform/i18n';
import { EMOJI } from './emoji';
import { findEmoji, nameOf, recentEmoji, rememberEmoji } from './emojiSearch';
import classes from './Writing.module.css';

const COLUMNS = 8;
const MOST = 400;

/** All of them, the ones used lately first; the arrows walk the grid while the caret stays in the search. */
export default function EmojiPicker({ onPick }: { onPick: (sign: string) => void }) {
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState(0);
  const [recent] = useState(recentEmoji);
  const grid = useRef<HTMLDivElement>(null);
  const found = findEmoji(EMOJI, typed, recent, MOST);
  const current = Math.min(picked, Math.max(0, found.length - 1));
  useLayoutEffect(() => {
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const pick = (sign: string | undefined) => {
    if (!sign) return;
    rememberEmoji(sign);
    onPick(sign);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (step) setPicked(Math.min(found.length - 1, Math.max(0, current + step)));
    else if (event.key === 'Enter') pick(found[current]?.sign);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.emojiPicker}>
      <input
        className={classes.emojiSearch}
        data-autofocus
        autoFocus
        role="combobox"
        aria-label={t('Find an emoji')}
        aria-expanded="true"
        aria-controls="emoji-grid"
        aria-activedescendant={found[current] ? `emoji-${current}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={t('Find an emoji')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPicked(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={grid} id="emoji-grid" role="listbox" aria-label={t('Emoji')} className={classes.emojiGrid} tabIndex={-1}>
        {found.map((emoji, index) => (
          <div
            key={emoji.sign}
            id={`emoji-${index}`}
            role="option"
            aria-selected={index === current}
            aria-label={nameOf(emoji)}
            title={nameOf(emoji)}
            className={classes.emojiCell}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setPicked(index)}
            onClick={() => pick(emoji.sign)}
          >
            {emoji.sign}
          </div>
        ))}
      </div>
      <p className={classes.emojiName} aria-hidden>
        {found[current] ? nameOf(found[current]) : t('Nothing by that name.')}
      </p>
    </div>
  );
}
