import {
  IconAlertOctagon,
  IconCircleCheck,
  IconClockPause,
  IconEye,
  IconHourglass,
  type Icon,
  IconInbox,
  IconPencil,
  IconSend2,
  IconStack2,
  IconUser,
  IconUserQuestion,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ConversationRow, Counters, Session, View } from '../api/types';
import { t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { readStored, writeStored } from '../platform/stored';

export interface ViewEntry {
  view: View;
  label: string;
  Icon: Icon;
  counter?: Exclude<keyof Counters, 'views'>;
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
    view: 'teams',
    get label() {
      return t('My teams');
    },
    Icon: IconUsersGroup,
    counter: 'teams',
    get empty() {
      return { title: t('Nothing waits for your teams'), text: t('Open conversations given to a team of yours appear here. Take one with A.') };
    },
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
    view: 'drafts',
    get label() { return t('Drafts'); },
    Icon: IconPencil,
    empty: { get title() { return t('Nothing begun'); }, get text() { return t('What you have begun to write and not sent is found here, from all your devices.'); } },
  },
  {
    view: 'scheduled',
    get label() { return t('Scheduled'); },
    Icon: IconSend2,
    empty: {
      get title() { return t('Nothing leaves later'); },
      get text() { return t('Answers that leave at a time you chose wait here, and those held back because somebody wrote first.'); },
    },
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
  return stored && (viewEntry(stored) || /^\d+$/.test(stored)) ? stored : 'open';
}

export function rememberView(view: string): void {
  if (view !== 'search') writeStored('view', view);
}

/** Whether a changed conversation still belongs into a list, as the server would decide. */
export function belongs(row: Pick<ConversationRow, 'status' | 'assignee'> & { teamId?: number | null }, view: string, me: number): boolean {
  switch (view) {
    case 'mine':
      return row.status === 'open' && row.assignee?.id === me;
    case 'unassigned':
      return row.status === 'open' && row.assignee === null;
    case 'teams':
      return row.status === 'open' && typeof row.teamId === 'number' && ownTeams().includes(row.teamId);
    case 'all':
      return row.status !== 'spam';
    // Whether it is followed does not stand in the row: what changes deep in the list is left out until it is read anew.
    case 'following':
      return false;
    case 'drafts':
    case 'scheduled':
    case 'search':
      return true;
    default:
      return row.status === view;
  }
}

function ownTeams(): number[] {
  return queryClient.getQueryData<Session>(keys.session)?.agent.teams ?? [];
}
