import { Button, TextInput } from '@mantine/core';
import { IconRotate, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { sendChord } from '../conversations/composer/ways';
import { t } from '../platform/i18n';
import { IconAction } from '../platform/IconAction';
import { chordOf, printed } from '../platform/keyboard';
import { Caps } from '../platform/KeyCaps';
import { type Action, chordFor, type OwnKeys, ownKeys, takenBy, USUAL, withKey } from '../platform/keymap';
import { toast } from '../platform/toasts';
import classes from './KeyboardSettings.module.css';
import { fixedKeys, groupName, KEY_GROUPS, type KeyGroup, keyNames } from './keyNames';
import { chooseKeys } from './ownKeys';
import settings from './Settings.module.css';

/** The browser takes these before any page hears of them, or the page would lose what all pages have. */
const BROWSERS = new Set('mod+w mod+t mod+n mod+q mod+l mod+r mod+shift+w mod+shift+t mod+shift+n mod+shift+r mod+a mod+c mod+v mod+x mod+z mod+y mod+shift+v mod+shift+z mod+Tab'.split(' '));

const spoken = (chord: string) => printed(chord).join(' ');

function keepKeys(next: OwnKeys, said: string): void {
  const before = ownKeys.get();
  chooseKeys(next);
  toast(said, { action: { label: t('Undo'), chord: 'z', run: () => chooseKeys(before) } });
}

export function KeyboardSettings() {
  const own = ownKeys.use();
  const [typed, setTyped] = useState('');
  const names = keyNames();
  const wanted = typed.trim().toLowerCase();
  const found = (label: string, chord: string) => !wanted || label.toLowerCase().includes(wanted) || (chord !== '' && spoken(chord).toLowerCase() === wanted);
  const groups = KEY_GROUPS.map((group) => ({
    group,
    entries: names.filter((each) => each.group === group && found(each.label, chordFor(each.action, own))),
    fixed: group === 'writing' ? fixedKeys().filter((each) => found(each.label, each.chord)) : [],
  })).filter(({ entries, fixed }) => entries.length + fixed.length > 0);
  return (
    <>
      <p className={settings.lead}>{t('Choose a key, press another one. Your keys follow you to your other devices.')}</p>
      <div className={settings.bar}>
        <TextInput
          className={settings.grow}
          type="search"
          aria-label={t('Search the keys')}
          placeholder={t('What it does, or its key')}
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconRotate size={16} />}
          disabled={Object.keys(own).length === 0}
          onClick={() => keepKeys({}, t('All keys are as they came'))}
        >
          {t('Reset all')}
        </Button>
      </div>
      {groups.length === 0 && <p className={settings.quiet}>{t('No key does that.')}</p>}
      {groups.map(({ group, entries, fixed }) => (
        <section key={group} className={classes.group} aria-label={groupName(group)}>
          <h2 className={settings.sectionTitle}>{groupName(group)}</h2>
          <ul>
            {entries.map(({ action, label }) => (
              <KeyRow key={action} action={action} label={label} group={group} own={own} labelOf={(other) => names.find((each) => each.action === other)?.label ?? other} />
            ))}
            {fixed.map(({ label, chord }) => (
              <li key={chord} className={classes.row}>
                <span className={classes.label}>{label}</span>
                <span className={classes.fixed} title={t('As in every editor')}>
                  <Caps chord={chord} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface RowProps {
  action: Action;
  label: string;
  group: KeyGroup;
  own: OwnKeys;
  labelOf: (action: Action) => string;
}

function KeyRow({ action, label, group, own, labelOf }: RowProps) {
  const [asking, setAsking] = useState(false);
  const [swap, setSwap] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const chord = chordFor(action, own);
  const other = swap === null ? null : takenBy(swap, action, own);
  const leave = () => {
    setAsking(false);
    setSwap(null);
    setProblem(null);
  };
  const keep = (next: string) => {
    leave();
    const said = next === '' ? t('“{what}” has no key now', { what: label }) : t('“{what}” is {key} now', { what: label, key: spoken(next) });
    keepKeys(withKey(own, action, next), said);
    button.current?.focus();
  };
  const take = (pressed: string) => {
    if (pressed === 'Backspace' || pressed === 'Delete') return keep('');
    const reason = refusal(pressed, group);
    setProblem(reason);
    if (reason) return;
    setAsking(false);
    if (pressed === chord) return;
    if (takenBy(pressed, action, own)) setSwap(pressed);
    else keep(pressed);
  };
  return (
    <li className={classes.row} data-own={action in own || undefined}>
      <span className={classes.label}>{label}</span>
      {action in own && (
        <IconAction label={t('Reset “{what}” to {key}', { what: label, key: spoken(USUAL[action]) })} size={32} onClick={() => keep(USUAL[action])}>
          <IconRotate size={16} />
        </IconAction>
      )}
      <button
        ref={button}
        type="button"
        className={classes.key}
        aria-label={asking ? t('Press the new key for “{what}”', { what: label }) : t('{what}: {key}. Change', { what: label, key: chord ? spoken(chord) : t('no key') })}
        data-asking={asking || undefined}
        onBlur={() => asking && leave()}
        onClick={() => {
          setSwap(null);
          setProblem(null);
          setAsking(!asking);
        }}
      >
        {asking ? t('Press a key…') : chord ? <Caps chord={chord} /> : <span className={classes.none}>{t('none')}</span>}
      </button>
      {asking && <KeyEar take={take} leave={leave} />}
      {asking && !problem && <p className={classes.hint}>{t('Esc leaves it, Backspace takes the key away.')}</p>}
      {problem && (
        <p role="alert" className={classes.hint} data-bad>
          {problem}
        </p>
      )}
      {swap !== null && other && (
        <div role="alert" className={classes.hint} data-bad>
          <span>{t('{key} is the key of “{what}”.', { key: spoken(swap), what: labelOf(other) })}</span>{' '}
          <Button size="compact-sm" variant="default" autoFocus onClick={() => keep(swap)}>
            {chord ? t('Swap the two') : t('Take it from there')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={leave}>
            {t('Leave it')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Why a key cannot be one, in words; null where it can. */
function refusal(pressed: string, group: KeyGroup): string | null {
  if (/^(Enter| |Arrow\w+|PageUp|PageDown|Dead|Unidentified|Process)$/.test(pressed)) return t('This key is needed for other things. Choose another.');
  if (BROWSERS.has(pressed)) return t('{key} belongs to the browser. Choose another.', { key: spoken(pressed) });
  const fixed = fixedKeys().find((each) => each.chord === pressed);
  if (fixed) return t('{key} is the key of “{what}”.', { key: spoken(pressed), what: fixed.label });
  if (group === 'writing' && !/^(mod|alt)\+/.test(pressed)) return t('While you write, a key alone is a letter: hold {key} with it.', { key: spoken('mod') });
  return null;
}

/** Hears the next key before anything else does. */
function KeyEar({ take, leave }: { take: (pressed: string) => void; leave: () => void }) {
  const latest = useRef({ take, leave });
  useEffect(() => {
    latest.current = { take, leave };
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (/^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Fn)$/.test(event.key)) return;
      if (event.key === 'Tab') return latest.current.leave();
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') latest.current.leave();
      else latest.current.take(sendChord(event) ?? chordOf(event));
    };
    const away = () => latest.current.leave();
    window.addEventListener('keydown', hear, true);
    window.addEventListener('blur', away);
    return () => {
      window.removeEventListener('keydown', hear, true);
      window.removeEventListener('blur', away);
    };
  }, []);
  return null;
}
