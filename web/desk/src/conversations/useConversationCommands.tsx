import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowUp,
  IconCheck,
  IconClockPause,
  IconFlag,
  IconHourglass,
  IconMail,
  IconNote,
  IconTag,
  IconUserPlus,
} from '@tabler/icons-react';
import type { Conversation } from '../api/types';
import { useAfterClosing } from '../platform/appearance';
import { type Command, useCommands } from '../platform/commands';
import { amid, t } from '../platform/i18n';
import { useStored } from '../platform/stored';
import { useNarrow } from '../platform/usePhone';
import { AgentFace } from '../staff/AgentFace';
import { PresenceName } from '../staff/Presence';
import { useAgents, useSession } from '../staff/session';
import { assign, changeStatus, changeTags } from './changes';
import { snoozesFrom } from './head/snoozes';
import { useOfferedTags } from './queries';
import { markUnread } from './reading/reading';
import { customerDrawer, picker, write } from './ui';
import { useWalk } from './useListing';

export interface ConversationActions {
  toggleResolved: () => void;
  toggleSpam: () => void;
  toggleCustomer: () => void;
  afterClosing: () => void;
  toList: () => void;
}

const ICON = 16;
const GROUP = 'Conversation';

/** Everything that can be done to the open conversation: its buttons, its keys and the palette use the same words. */
export function useConversationCommands(conversation: Conversation): ConversationActions {
  const { agent: me, may } = useSession();
  const agents = useAgents();
  const tags = useOfferedTags();
  const walk = useWalk();
  const narrow = useNarrow();
  const [after] = useAfterClosing();
  const [panel, setPanel] = useStored('customer', 'shown');
  const closed = conversation.status === 'resolved' || conversation.status === 'spam';

  const afterClosing = () => {
    if (after === 'stay') return;
    // Opened by a link, from outside the list: there is no next one.
    if (!walk.inList) return;
    const neighbour = walk.nextRow ?? walk.previousRow;
    if (after === 'next' && neighbour) walk.open(neighbour);
    else walk.toList();
  };
  const close = (status: 'resolved' | 'spam', until: string | null = null) => {
    void changeStatus(conversation, status, until);
    afterClosing();
  };
  const actions: ConversationActions = {
    toggleResolved: () => (closed ? void changeStatus(conversation, 'open') : close('resolved')),
    toggleSpam: () => (conversation.status === 'spam' ? void changeStatus(conversation, 'open') : close('spam')),
    toggleCustomer: () => (narrow ? customerDrawer.set(!customerDrawer.get()) : setPanel(panel === 'shown' ? 'hidden' : 'shown')),
    afterClosing,
    toList: walk.toList,
  };

  const replying: Command[] = may('conversations:reply')
    ? [
        {
          id: 'reply',
          label: t('Reply'),
          group: GROUP,
          chord: 'r',
          words: t('answer write'),
          icon: <IconArrowBackUp size={ICON} />,
          run: () => write(conversation.id, 'reply'),
        },
        {
          id: 'note',
          label: t('Write a note'),
          group: GROUP,
          chord: 'n',
          words: t('internal comment'),
          icon: <IconNote size={ICON} />,
          run: () => write(conversation.id, 'note'),
        },
        {
          id: 'forward',
          label: t('Forward the conversation'),
          group: GROUP,
          chord: 'f',
          words: t('send on share'),
          icon: <IconArrowForwardUp size={ICON} />,
          run: () => write(conversation.id, 'forward'),
        },
      ]
    : [];
  const changing: Command[] = may('conversations:change')
    ? [
        { id: 'assign', label: t('Assign…'), group: GROUP, chord: 'a', icon: <IconUserPlus size={ICON} />, run: () => picker.set('assign') },
        {
          id: 'resolve',
          label: closed ? t('Reopen') : t('Resolve'),
          group: GROUP,
          chord: 'e',
          words: t('close done finish'),
          icon: <IconCheck size={ICON} />,
          run: actions.toggleResolved,
        },
        {
          id: 'snooze',
          label: t('Snooze…'),
          group: GROUP,
          chord: 's',
          words: t('later remind'),
          icon: <IconClockPause size={ICON} />,
          run: () => picker.set('snooze'),
        },
        {
          id: 'priority',
          label: t('Priority…'),
          group: GROUP,
          chord: 'p',
          words: t('urgent high low'),
          icon: <IconFlag size={ICON} />,
          run: () => picker.set('priority'),
        },
        {
          id: 'tags',
          label: t('Tags…'),
          group: GROUP,
          chord: '#',
          words: t('label'),
          icon: <IconTag size={ICON} />,
          run: () => picker.set('tags'),
        },
        {
          id: 'waiting',
          label: t('Wait for the customer'),
          group: GROUP,
          words: t('status waiting'),
          icon: <IconHourglass size={ICON} />,
          run: () => void changeStatus(conversation, 'waiting'),
        },
        {
          id: 'spam',
          label: conversation.status === 'spam' ? t('Not spam') : t('Mark as spam'),
          group: GROUP,
          chord: '!',
          words: t('junk'),
          icon: <IconAlertOctagon size={ICON} />,
          run: actions.toggleSpam,
        },
        {
          id: 'take',
          label: t('Assign to me'),
          group: GROUP,
          words: t('take mine'),
          icon: <AgentFace agent={me} size={ICON} />,
          run: () => void assign(conversation, { id: me.id, name: me.name }),
        },
        ...agents
          .filter((agent) => agent.active && agent.id !== me.id)
          .map<Command>((agent) => ({
            id: `assign-${agent.id}`,
            label: t('Assign to {name}', { name: agent.name }),
            group: GROUP,
            words: agent.email,
            icon: <AgentFace agent={agent} size={ICON} />,
            hint: <PresenceName agentId={agent.id} />,
            onlyWhenSearched: true,
            run: () => void assign(conversation, { id: agent.id, name: agent.name }),
          })),
        ...snoozesFrom(Date.now()).map<Command>((snooze) => ({
          id: `snooze-${snooze.id}`,
          label: snooze.when ? t('Snooze: {label} ({when})', { label: amid(snooze.label), when: snooze.when }) : t('Snooze: {label}', { label: amid(snooze.label) }),
          group: GROUP,
          words: t('later remind'),
          icon: <IconClockPause size={ICON} />,
          onlyWhenSearched: true,
          run: () => {
            void changeStatus(conversation, 'snoozed', snooze.until);
            afterClosing();
          },
        })),
        ...tags.map<Command>((tag) => {
          const has = conversation.tags.some((each) => each.name === tag.name);
          return {
            id: `tag-${tag.id}`,
            label: has ? t('Remove the tag {name}', { name: tag.name }) : t('Tag {name}', { name: tag.name }),
            group: GROUP,
            words: tag.name,
            icon: <IconTag size={ICON} />,
            onlyWhenSearched: true,
            run: () =>
              void changeTags(conversation, has ? conversation.tags.filter((each) => each.name !== tag.name) : [...conversation.tags, tag]),
          };
        }),
      ]
    : [];

  useCommands([
    ...replying,
    ...changing,
    { id: 'customer', label: t('Show or hide the customer'), group: GROUP, chord: ']', words: t('panel'), run: actions.toggleCustomer },
    { id: 'to-list', label: t('Back to the list'), group: 'Go to', icon: <IconArrowUp size={ICON} />, run: walk.toList },
    {
      id: 'unread',
      label: t('Mark as unread, back to the list'),
      group: GROUP,
      chord: 'u',
      words: t('later new'),
      icon: <IconMail size={ICON} />,
      run: () => {
        markUnread(conversation);
        walk.toList();
      },
    },
    {
      id: 'close',
      label: t('Close what is open'),
      group: 'Everywhere',
      chord: 'Escape',
      onlyWhenSearched: true,
      run: () => (customerDrawer.get() ? customerDrawer.set(false) : walk.toList()),
    },
  ]);
  return actions;
}
