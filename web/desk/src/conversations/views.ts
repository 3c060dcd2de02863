import {
  IconAlertOctagon,
  IconCircleCheck,
  IconClockPause,
  IconHourglass,
  type Icon,
  IconInbox,
  IconStack2,
  IconUser,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { ConversationRow, Counters, View } from '../api/types';
import { t } from '../platform/i18n';
import { readStored, writeStored } from '../platform/stored';

export interface ViewEntry {
  view: View;
  label: string;
  Icon: Icon;
  counter?: keyof Counters;
  empty: { title: string; text: string };
}

export const VIEWS: ViewEntry[] = [
  {
    view: 'mine',
    get label() { return t('Mine'); },
    Icon: IconUser,
    counter: 'mine',
    empty: { get title() { return t('Nothing waits for you'); }, get text() { return t('Open conversations assigned to you appear here. Take one from Unassigned with A.'); } },
  },
  {
    view: 'unassigned',
    get label() { return t('Unassigned'); },
    Icon: IconUserQuestion,
    counter: 'unassigned',
    empty: { get title() { return t('Everyone is looked after'); }, get text() { return t('New mail that nobody has taken yet arrives here.'); } },
  },
  {
    view: 'open',
    get label() { return t('Open'); },
    Icon: IconInbox,
    counter: 'open',
    empty: { get title() { return t('All answered'); }, get text() { return t('Every customer has had an answer. New mail appears here by itself.'); } },
  },
  {
    view: 'waiting',
    get label() { return t('Waiting'); },
    Icon: IconHourglass,
    counter: 'waiting',
    empty: { get title() { return t('Waiting for nobody'); }, get text() { return t('Conversations you have answered rest here until the customer writes again.'); } },
  },
  {
    view: 'snoozed',
    get label() { return t('Snoozed'); },
    Icon: IconClockPause,
    counter: 'snoozed',
    empty: {
      get title() { return t('Nothing is asleep'); },
      get text() { return t('Put a conversation off with S. It comes back by itself when its time has come, or when the customer writes.'); },
    },
  },
  {
    view: 'resolved',
    get label() { return t('Resolved'); },
    Icon: IconCircleCheck,
    empty: { get title() { return t('Nothing resolved yet'); }, get text() { return t('Finish a conversation with E. It reopens when the customer replies.'); } },
  },
  {
    view: 'spam',
    get label() { return t('Spam'); },
    Icon: IconAlertOctagon,
    counter: 'spam',
    empty: { get title() { return t('No spam'); }, get text() { return t('Mail marked with !, and mail that looks like spam, is kept here, out of every other list.'); } },
  },
  {
    view: 'all',
    get label() { return t('All'); },
    Icon: IconStack2,
    empty: { get title() { return t('No conversations yet'); }, get text() { return t('Once the first mail arrives, it appears here.'); } },
  },
];

export function viewEntry(view: string): ViewEntry | undefined {
  return VIEWS.find((entry) => entry.view === view);
}

export function lastView(): string {
  const stored = readStored('view');
  return stored && viewEntry(stored) ? stored : 'open';
}

export function rememberView(view: string): void {
  if (viewEntry(view)) writeStored('view', view);
}

/** Whether a changed conversation still belongs into a list, as the server would decide. */
export function belongs(row: Pick<ConversationRow, 'status' | 'assignee'>, view: string, me: number): boolean {
  switch (view) {
    case 'mine':
      return row.status === 'open' && row.assignee?.id === me;
    case 'unassigned':
      return row.status === 'open' && row.assignee === null;
    case 'all':
      return row.status !== 'spam';
    case 'search':
      return true;
    default:
      return row.status === view;
  }
}
