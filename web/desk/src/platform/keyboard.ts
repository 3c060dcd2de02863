import { useEffect, useRef } from 'react';
import { t } from './i18n';
import { meant } from './keymap';

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Asked before anybody hears of the key: a dialog that Escape closes is gone by the time that the page does. */
let dialogStood = false;
window.addEventListener(
  'keydown',
  () => {
    dialogStood = document.querySelector('[role="dialog"]:not([data-quiet])') !== null;
  },
  true,
);

/** Many layouts type [ ] # with AltGr, which Windows reports as Ctrl and Alt together. */
function isAltGr(event: KeyboardEvent): boolean {
  return event.getModifierState('AltGraph');
}

/** "mod+k" is ⌘K on a Mac, Ctrl+K elsewhere. Shift is part of a bare key ("?", "#"), named beside mod. */
export function chordOf(event: KeyboardEvent): string {
  const mod = !isAltGr(event) && (event.metaKey || event.ctrlKey);
  const key = event.key.length === 1 && mod ? event.key.toLowerCase() : event.key;
  if (!mod) return key;
  return `mod+${event.shiftKey ? 'shift+' : ''}${key}`;
}

/**
 * Keys for the whole page. Bare keys rest while someone types or a dialog or a picker is open; "mod+" chords always work.
 * They are named by the keys that they usually have: the agent may have chosen others.
 * With `first`, before those who hear of a key without it.
 */
export function useKeys(map: KeyMap, enabled = true, first = false): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || (event.altKey && !isAltGr(event))) return;
      const pressed = chordOf(event);
      const chord = meant(pressed);
      const handler = chord === null ? undefined : latest.current[chord];
      if (!handler) return;
      if (!pressed.startsWith('mod+')) {
        if (isTyping(event.target)) return;
        if (dialogStood) return;
      }
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', onKey, first);
    return () => window.removeEventListener('keydown', onKey, first);
  }, [enabled, first]);
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const ARROWS: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/** "mod+shift+Enter" as it is printed on this machine's keys. */
export function printed(chord: string): string[] {
  // A bare capital is typed with Shift.
  const parts = /^[A-Z]$/.test(chord) ? ['shift', chord] : chord.split('+');
  return parts.map((part) => {
    if (part === 'mod') return isMac ? '⌘' : t('Ctrl');
    if (part === 'alt') return isMac ? '⌥' : t('Alt');
    if (part === 'shift') return isMac ? '⇧' : t('Shift');
    if (part === 'Enter') return '↵';
    if (part === 'Escape') return t('Esc');
    if (part === 'End') return t('End');
    if (part === 'Home') return t('Home');
    if (part in ARROWS) return ARROWS[part] ?? part;
    return part.length === 1 ? part.toUpperCase() : part;
  });
}
