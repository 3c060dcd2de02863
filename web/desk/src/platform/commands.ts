import { type ReactNode, useEffect, useRef } from 'react';
import { t } from './i18n';
import { type KeyMap, useKeys } from './keyboard';
import { createStore } from './store';

/** In the order of nearness: what concerns the open conversation comes first. */
const GROUPS = ['Selection', 'Conversation', 'Go to', 'Everywhere', 'Desk'] as const;

export type Group = (typeof GROUPS)[number];

export const GROUP_NAMES: Record<Group, string> = {
  get Selection() { return t('Selection'); },
  get Conversation() { return t('Conversation'); },
  get 'Go to'() { return t('Go to'); },
  get Everywhere() { return t('Everywhere'); },
  get Desk() { return t('Desk'); },
};

/** Something the desk can do: said once, found in the palette, bound to its key, listed under "?". */
export interface Command {
  id: string;
  label: string;
  group: Group;
  /** Further words the palette finds it by. */
  words?: string;
  chord?: string;
  icon?: ReactNode;
  /** Said beside the label. */
  hint?: ReactNode;
  /** Too many to list unasked (each agent, each tag): only shown once something is typed. */
  onlyWhenSearched?: boolean;
  run: () => void;
}

export function when(allowed: boolean, ...commands: Command[]): Command[] {
  return allowed ? commands : [];
}

const sources = new Set<() => Command[]>();

/** What is offered on screen, and these. */
export function allCommands(further: Command[] = []): Command[] {
  const seen = new Map<string, Command>();
  for (const source of [...sources, () => further]) for (const command of source()) seen.set(command.id, command);
  return [...seen.values()].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
}

/** Offers commands for as long as the component is on screen. */
export function useCommands(commands: Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const source = () => latest.current;
    sources.add(source);
    return () => {
      sources.delete(source);
    };
  }, []);
  const map: KeyMap = {};
  for (const command of commands) if (command.chord) map[command.chord] = command.run;
  useKeys(map);
}

export type Overlay = 'palette' | 'keys' | 'new' | 'views' | null;

export const overlay = createStore<Overlay>(null);
