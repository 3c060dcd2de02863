import { IconQuestionMark, IconSearch, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type RefObject, Suspense, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../../platform/i18n';
import { KeyCaps } from '../../platform/KeyCaps';
import { part } from '../../platform/parts';
import { completed, isUnfinished, partsOf } from '../search/query';
import { forgetSearch, meaningQuery, rememberSearch, type Suggestion, suggestionsQuery } from '../search/searching';
import { useFilter, useOpenId } from '../useListing';
import { lastView } from '../views';
import classes from './SearchField.module.css';

const SearchList = part(() => import('../search/SearchList'));
const SearchHelp = part(() => import('../search/SearchHelp'));

const TYPING_MS = 250;
const ASKING_MS = 80;
const NONE: Suggestion[] = [];

/** Searches while one types; the address bar carries the words, so that a search can be shared. */
export function SearchField() {
  const { view, q, brand } = useFilter();
  const openId = useOpenId();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState(q ?? '');
  const [asked, setAsked] = useState(typed);
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState(-1);
  const [focused, setFocused] = useState(false);
  const [helping, setHelping] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  // On its way into the address bar.
  const sought = useRef(q ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asking = useRef<ReturnType<typeof setTimeout>>(undefined);
  const suggestions = useQuery({ ...suggestionsQuery(asked), enabled: open, placeholderData: keepPreviousData });
  // While the answer is on its way the last one stands, so that nothing flickers.
  const fresh = asked === typed && !suggestions.isPlaceholderData;
  const items = (open && (fresh || typed !== '') && suggestions.data) || NONE;
  const shown = items.length > 0;
  const searching = view === 'search';

  // Whoever types is further than what is searched for.
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped((old) => (old.trim() === q ? old : (q ?? '')));
    sought.current = q ?? '';
  }, [q]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      clearTimeout(asking.current);
    },
    [],
  );
  useEffect(() => {
    if (searching && !q) field.current?.focus();
  }, [searching, q]);
  // Whoever opened what was found has found what they searched for.
  useEffect(() => {
    if (searching && q && openId !== null) rememberSearch(q);
  }, [searching, q, openId]);
  // What lies behind the words moves with them.
  useLayoutEffect(() => {
    if (behind.current && field.current) behind.current.scrollLeft = field.current.scrollLeft;
  });

  const search = (words: string) => {
    clearTimeout(timer.current);
    const wanted = words.trim();
    if (wanted === sought.current && searching) return;
    sought.current = wanted;
    void navigate({
      to: '/inbox/$view',
      params: { view: 'search' },
      search: { q: wanted || undefined, brand },
      replace: searching,
    });
  };
  const ask = (words: string, delay = ASKING_MS) => {
    clearTimeout(asking.current);
    asking.current = setTimeout(() => setAsked(words), delay);
    setPicked(-1);
  };
  const type = (words: string) => {
    setTyped(words);
    setHelping(false);
    setOpen(true);
    ask(words, open ? ASKING_MS : 0);
    clearTimeout(timer.current);
    if (words.trim().length > 1 && !isUnfinished(words)) timer.current = setTimeout(() => search(words), TYPING_MS);
    else if (words === '' && searching) timer.current = setTimeout(() => search(''), TYPING_MS);
  };
  const pick = (suggestion: Suggestion) => {
    const next = completed(typed, suggestion);
    setTyped(next);
    ask(next, 0);
    // An operator alone asks for its value next.
    setOpen(suggestion.kind === 'operator');
    if (suggestion.kind !== 'operator') search(next);
    if (suggestion.kind === 'recent') rememberSearch(next);
    field.current?.focus();
  };
  const leave = () => {
    clearTimeout(timer.current);
    setTyped('');
    setOpen(false);
    setHelping(false);
    field.current?.blur();
    if (searching) void navigate({ to: '/inbox/$view', params: { view: lastView() }, search: { brand } });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = items[picked];
    // Tab ends what is begun, but makes nothing else of a word.
    const begun = fresh && typed !== '' && items[0] && (isUnfinished(typed) || items[0].kind === 'operator') ? items[0] : undefined;
    if (step) {
      event.preventDefault();
      if (!open) {
        setOpen(true);
        ask(typed, 0);
      } else if (shown) setPicked((picked + step + items.length + (picked < 0 && step < 0 ? 1 : 0)) % items.length);
    } else if (event.key === 'Tab' && !event.shiftKey && (current ?? begun)) {
      event.preventDefault();
      pick((current ?? begun)!);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current) return pick(current);
      search(typed);
      rememberSearch(typed);
      setOpen(false);
      setHelping(false);
      field.current?.blur();
    } else if (event.key === 'Delete' && current?.kind === 'recent') {
      event.preventDefault();
      forgetSearch(current.text);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (helping) setHelping(false);
      else if (picked >= 0) setPicked(-1);
      else leave();
    }
  };

  return (
    <search className={classes.search}>
      <IconSearch size={16} className={classes.icon} aria-hidden />
      <Behind text={typed} q={searching ? q : undefined} box={behind} />
      <input
        ref={field}
        type="text"
        data-search
        enterKeyHint="search"
        role="combobox"
        className={classes.input}
        aria-label={t('Search conversations')}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? id : undefined}
        aria-activedescendant={shown && picked >= 0 ? `${id}-${picked}` : undefined}
        placeholder={t('Search')}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={500}
        value={typed}
        onFocus={() => {
          setFocused(true);
          if (typed === '') {
            ask('', 0);
            setOpen(true);
          }
        }}
        onBlur={() => {
          setFocused(false);
          setOpen(false);
        }}
        onScroll={() => {
          if (behind.current && field.current) behind.current.scrollLeft = field.current.scrollLeft;
        }}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {!focused && !typed && <KeyCaps chord="/" />}
      {(searching || typed !== '') && (
        <button
          type="button"
          className={classes.ask}
          aria-label={t('How to search')}
          aria-expanded={helping}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            setOpen(false);
            setHelping(!helping);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !helping) return;
            event.stopPropagation();
            setHelping(false);
          }}
        >
          <IconQuestionMark size={16} aria-hidden />
        </button>
      )}
      {typed !== '' && (
        <button
          type="button"
          className={classes.clear}
          aria-label={t('Leave the search')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={leave}
        >
          <IconX size={16} aria-hidden />
        </button>
      )}
      <Suspense fallback={null}>
        {helping && (
          <SearchHelp
            onPick={(operator) => {
              type(`${typed.replace(/\s*$/, typed.trim() === '' ? '' : ' ')}${operator}:`);
              field.current?.focus();
            }}
          />
        )}
        {shown && (
          <SearchList id={id} items={items} picked={picked} onHover={setPicked} onPick={pick} onForget={(each) => forgetSearch(each.text)} />
        )}
      </Suspense>
    </search>
  );
}

/** Lies behind the field and shows which of its words are operators, and which of these say nothing. */
function Behind({ text, q, box }: { text: string; q: string | undefined; box: RefObject<HTMLDivElement | null> }) {
  const parts = partsOf(text).filter((part) => part.operator !== null);
  const { data } = useQuery({ ...meaningQuery(q ?? ''), enabled: q !== undefined && parts.length > 0 });
  if (parts.length === 0) return null;
  let at = 0;
  return (
    <div ref={box} className={classes.behind} aria-hidden>
      {parts.map((part) => {
        const before = text.slice(at, part.start);
        at = part.end;
        const unknown = data?.unknown.some((each) => each.operator === part.operator && each.value === part.value.trim());
        return (
          <span key={part.start}>
            {before}
            <span className={classes.operator} data-unknown={unknown || undefined}>
              {text.slice(part.start, part.end)}
            </span>
          </span>
        );
      })}
      {text.slice(at)}
    </div>
  );
}
