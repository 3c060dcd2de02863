import { t } from '../platform/i18n';
import { type Action, ACTIONS } from '../platform/keymap';

export const KEY_GROUPS = ['list', 'conversation', 'reading', 'writing', 'desk'] as const;

export type KeyGroup = (typeof KEY_GROUPS)[number];

export const groupName = (group: KeyGroup): string =>
  ({ list: t('The list'), conversation: t('A conversation'), reading: t('Reading'), writing: t('While writing'), desk: t('The desk') })[group];

interface Named {
  group: KeyGroup;
  label: string;
}

const listed = (label: string): Named => ({ group: 'list', label });
const done = (label: string): Named => ({ group: 'conversation', label });
const read = (label: string): Named => ({ group: 'reading', label });
const written = (label: string): Named => ({ group: 'writing', label });
const always = (label: string): Named => ({ group: 'desk', label });

const named = (): Record<Action, Named> => ({
  palette: always(t('Everything, by name')),
  keys: always(t('Show the keys')),
  undo: always(t('Undo the last change')),
  new: always(t('New conversation')),
  'go-search': always(t('Search')),
  notifications: always(t('Notifications')),
  presence: always(t('Online, away or off…')),
  views: always(t('Slim or wide views')),
  customer: always(t('Show or hide the customer')),
  filter: listed(t('Filter the list…')),
  next: listed(t('Next conversation')),
  previous: listed(t('Previous conversation')),
  select: listed(t('Select or leave out')),
  'select-next': listed(t('Select on downwards')),
  'select-previous': listed(t('Select on upwards')),
  'select-all': listed(t('Select all in this view')),
  reply: done(t('Reply')),
  note: done(t('Write a note')),
  forward: done(t('Forward the conversation')),
  assign: done(t('Assign…')),
  resolve: done(t('Resolve, or reopen')),
  snooze: done(t('Snooze…')),
  tags: done(t('Tags…')),
  priority: done(t('Priority…')),
  spam: done(t('Spam, or not spam')),
  follow: done(t('Follow this conversation')),
  merge: done(t('Merge with another conversation…')),
  'take-out': done(t('Take messages out into a new conversation…')),
  order: done(t('Open the order')),
  unread: done(t('Mark as unread, back to the list')),
  'next-message': read(t('Next message')),
  'previous-message': read(t('Previous message')),
  'first-unread': read(t('To the first new message, or the first of all')),
  'last-message': read(t('To the newest message')),
  unfold: read(t('Show or hide what the message quotes')),
  'unfold-all': read(t('Unfold or fold everything')),
  find: read(t('Find in this conversation')),
  'copy-message-link': read(t('Copy the link to the message')),
  preview: read(t('Look at the attachments')),
  print: read(t('Print the conversation')),
  send: written(t('Send, or add the note')),
  'send-resolve': written(t('Send and resolve')),
  'send-next': written(t('Send and next')),
  'send-open': written(t('Send and keep open')),
  'send-snooze': written(t('Send and snooze')),
  'send-later': written(t('Send later')),
  recipients: written(t('Who gets it, cc, bcc, subject')),
  link: written(t('Link')),
  emoji: written(t('Emoji')),
});

/** What each key does, in the agent's language. */
export function keyNames(): (Named & { action: Action })[] {
  const all = named();
  return ACTIONS.map((action) => ({ action, ...all[action] }));
}

/** As in every editor: they are not for choosing, and nothing else may have them. */
export const fixedKeys = (): { label: string; chord: string }[] => [
  { label: t('Bold'), chord: 'mod+b' },
  { label: t('Italic'), chord: 'mod+i' },
  { label: t('Struck out'), chord: 'mod+shift+x' },
  { label: t('Code'), chord: 'mod+e' },
  { label: t('Quote'), chord: 'mod+shift+b' },
  { label: t('Bulleted list'), chord: 'mod+shift+8' },
  { label: t('Numbered list'), chord: 'mod+shift+7' },
  { label: t('Clear formatting'), chord: 'mod+\\' },
];
