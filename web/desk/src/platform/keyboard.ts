import { useEffect, useRef } from 'react';
import { t } from './i18n';

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
 */
export function useKeys(map: KeyMap, enabled = true): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || (event.altKey && !isAltGr(event))) return;
      const chord = chordOf(event);
      const handler = latest.current[chord];
      if (!handler) return;
      if (!chord.startsWith('mod+')) {
        if (isTyping(event.target)) return;
        if (dialogStood) return;
      }
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** "mod+shift+Enter" as it is printed on this machine's keys. */
export function printed(chord: string): string[] {
  return chord.split('+').map((part) => {
    if (part === 'mod') return isMac ? '⌘' : t('Ctrl');
    if (part === 'shift') return isMac ? '⇧' : t('Shift');
    if (part === 'Enter') return '↵';
    if (part === 'Escape') return t('Esc');
    if (part === 'End') return t('End');
    return part.length === 1 ? part.toUpperCase() : part;
  });
}
