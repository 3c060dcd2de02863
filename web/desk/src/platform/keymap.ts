import { createStore } from './store';

/** The key that each thing the desk does has until an agent chooses another, by the name under which the choice is kept. */
export const USUAL = {
  palette: 'mod+k',
  keys: '?',
  undo: 'z',
  new: 'c',
  'go-search': '/',
  notifications: 'b',
  presence: 'h',
  views: '[',
  customer: ']',
  filter: 'F',
  next: 'j',
  previous: 'k',
  select: 'x',
  'select-next': 'J',
  'select-previous': 'K',
  'select-all': 'A',
  reply: 'r',
  note: 'n',
  forward: 'f',
  assign: 'a',
  resolve: 'e',
  snooze: 's',
  tags: '#',
  priority: 'p',
  spam: '!',
  follow: 'w',
  merge: 'm',
  'take-out': 'X',
  order: '$',
  unread: 'u',
  'next-message': '.',
  'previous-message': ',',
  'first-unread': 'Home',
  'last-message': 'End',
  unfold: 'o',
  'unfold-all': ';',
  find: 'mod+f',
  'copy-message-link': 'l',
  preview: 'v',
  print: 'mod+p',
  send: 'mod+Enter',
  'send-resolve': 'mod+shift+Enter',
  'send-next': 'alt+Enter',
  'send-open': 'alt+shift+Enter',
  'send-snooze': 'mod+shift+s',
  'send-later': 'mod+shift+l',
  recipients: 'mod+shift+e',
  link: 'mod+shift+k',
  emoji: 'mod+shift+:',
} as const;

export type Action = keyof typeof USUAL;

export const ACTIONS = Object.keys(USUAL) as Action[];

/** Only what differs; an empty one: no key. */
export type OwnKeys = Partial<Record<Action, string>>;

export const ownKeys = createStore<OwnKeys>({});

const ACTION_OF = new Map<string, Action>(ACTIONS.map((action) => [USUAL[action], action]));

export const chordFor = (action: Action, own: OwnKeys = ownKeys.get()): string => own[action] ?? USUAL[action];

/** The key that now does what the given one usually does; null where the agent wants none. */
export function keyFor(usual: string, own: OwnKeys = ownKeys.get()): string | null {
  const action = ACTION_OF.get(usual);
  return (action ? chordFor(action, own) : usual) || null;
}

/** What a pressed key means, said as the key that usually does it; null where it does nothing any more. */
export function meant(pressed: string, own: OwnKeys = ownKeys.get()): string | null {
  for (const action in own) if (own[action as Action] === pressed) return USUAL[action as Action];
  const action = ACTION_OF.get(pressed);
  return action && chordFor(action, own) !== pressed ? null : pressed;
}

/** Whatever else has this key. */
export function takenBy(chord: string, besides: Action, own: OwnKeys): Action | null {
  return ACTIONS.find((action) => action !== besides && chordFor(action, own) === chord) ?? null;
}

/** With a key for an action; what has it until now gets the key that is left. */
export function withKey(own: OwnKeys, action: Action, chord: string): OwnKeys {
  const other = chord === '' ? null : takenBy(chord, action, own);
  const next: OwnKeys = { ...own, [action]: chord };
  if (other) next[other] = chordFor(action, own);
  return Object.fromEntries(Object.entries(next).filter(([each, key]) => key !== USUAL[each as Action]));
}
