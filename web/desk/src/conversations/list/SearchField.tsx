import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../platform/i18n';
import { KeyCaps } from '../../platform/KeyCaps';
import { useStored } from '../../platform/stored';
import { useFilter } from '../useListing';
import { lastView } from '../views';
import classes from './SearchField.module.css';

const KEPT = 6;
const TYPING_MS = 250;

function useRecent(): [string[], (q: string) => void] {
  const [stored, store] = useStored('searches', '[]');
  let recent: string[] = [];
  try {
    recent = (JSON.parse(stored) as unknown[]).filter((each) => typeof each === 'string');
  } catch {
    // What an older desk stored is worth nothing; it is overwritten by the next search.
  }
  return [recent, (q) => store(JSON.stringify([q, ...recent.filter((each) => each !== q)].slice(0, KEPT)))];
}

/** Searches while one types; the address bar carries the words, so that a search can be shared. */
export function SearchField() {
  const { view, q, brand } = useFilter();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q ?? '');
  const [recent, remember] = useRecent();
  const [focused, setFocused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => setTyped(q ?? ''), [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (view === 'search' && !q) field.current?.focus();
  }, [view, q]);

  const search = (words: string) => {
    clearTimeout(timer.current);
    const wanted = words.trim();
    if (wanted === (q ?? '') && view === 'search') return;
    void navigate({
      to: '/inbox/$view',
      params: { view: 'search' },
      search: { q: wanted || undefined, brand },
      replace: view === 'search',
    });
  };
  const leave = () => {
    clearTimeout(timer.current);
    setTyped('');
    field.current?.blur();
    if (view === 'search') void navigate({ to: '/inbox/$view', params: { view: lastView() }, search: { brand } });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      search(typed);
      if (typed.trim()) remember(typed.trim());
      field.current?.blur();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      leave();
    }
  };

  return (
    <search className={classes.search}>
      <IconSearch size={16} className={classes.icon} aria-hidden />
      <input
        ref={field}
        type="search"
        className={classes.input}
        aria-label={t('Search conversations')}
        placeholder={t('Search')}
        autoComplete="off"
        value={typed}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={(event) => {
          const words = event.currentTarget.value;
          setTyped(words);
          clearTimeout(timer.current);
          if (words.trim().length > 1) timer.current = setTimeout(() => search(words), TYPING_MS);
          else if (words === '' && view === 'search') timer.current = setTimeout(() => search(''), TYPING_MS);
        }}
        onKeyDown={onKeyDown}
      />
      {!focused && !typed && <KeyCaps chord="/" />}
      {view === 'search' && !typed && recent.length > 0 && (
        <div className={classes.recent}>
          <h2 className={classes.heading}>{t('Recent searches')}</h2>
          <ul>
            {recent.map((words) => (
              <li key={words}>
                <button
                  type="button"
                  className={classes.again}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => search(words)}
                >
                  <IconHistory size={16} aria-hidden />
                  <span className="truncate" dir="auto">
                    {words}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </search>
  );
}
