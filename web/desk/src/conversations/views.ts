import {
  IconAlertOctagon,
  IconCircleCheck,
  IconClockPause,
  IconEye,
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
    label: 'Mine',
    Icon: IconUser,
    counter: 'mine',
    empty: { title: 'Nothing waits for you', text: 'Open conversations assigned to you appear here. Take one from Unassigned with A.' },
  },
  {
    view: 'unassigned',
    label: 'Unassigned',
    Icon: IconUserQuestion,
    counter: 'unassigned',
    empty: { title: 'Everyone is looked after', text: 'New mail that nobody has taken yet arrives here.' },
  },
  {
    view: 'following',
    get label() {
      return t('Following');
    },
    Icon: IconEye,
    empty: {
      get title() {
        return t('Nothing is followed');
      },
      get text() {
        return t('Follow a conversation with W to hear of it, whoever looks after it. What you answered or were mentioned in is here by itself.');
      },
    },
  },
  {
    view: 'open',
    label: 'Open',
    Icon: IconInbox,
    counter: 'open',
    empty: { title: 'All answered', text: 'Every customer has had an answer. New mail appears here by itself.' },
  },
  {
    view: 'waiting',
    label: 'Waiting',
    Icon: IconHourglass,
    counter: 'waiting',
    empty: { title: 'Waiting for nobody', text: 'Conversations you have answered rest here until the customer writes again.' },
  },
  {
    view: 'snoozed',
    label: 'Snoozed',
    Icon: IconClockPause,
    counter: 'snoozed',
    empty: {
      title: 'Nothing is asleep',
      text: 'Put a conversation off with S. It comes back by itself when its time has come, or when the customer writes.',
    },
  },
  {
    view: 'resolved',
    label: 'Resolved',
    Icon: IconCircleCheck,
    empty: { title: 'Nothing resolved yet', text: 'Finish a conversation with E. It reopens when the customer replies.' },
  },
  {
    view: 'spam',
    label: 'Spam',
    Icon: IconAlertOctagon,
    counter: 'spam',
    empty: { title: 'No spam', text: 'Mail marked with !, and mail that looks like spam, is kept here, out of every other list.' },
  },
  {
    view: 'all',
    label: 'All',
    Icon: IconStack2,
    empty: { title: 'No conversations yet', text: 'Once the first mail arrives, it appears here.' },
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
    // Whether it is followed does not stand in the row: what changes deep in the list is left out until it is read anew.
    case 'following':
      return false;
    case 'search':
      return true;
    default:
      return row.status === view;
  }
}
