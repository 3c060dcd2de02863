import { Button, Menu } from '@mantine/core';
import {
  IconAlertOctagon,
  IconArrowBackUp,
  IconArrowLeft,
  IconCheck,
  IconClockPause,
  IconDots,
  IconFlag,
  IconLayoutSidebarRight,
  IconLink,
  IconTag,
  IconUserPlus,
} from '@tabler/icons-react';
import type { Conversation } from '../../api/types';
import { amid, t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { InlineEdit } from '../../platform/InlineEdit';
import { LateMenu } from '../../platform/LateMenu';
import { Time } from '../../platform/Time';
import { toast } from '../../platform/toasts';
import { usePhone } from '../../platform/usePhone';
import { BrandTag } from '../../brands/BrandMark';
import { TeamTag } from '../../staff/TeamTag';
import { AgentFace } from '../../staff/AgentFace';
import { useSession } from '../../staff/session';
import { rename } from '../changes';
import { CompanyHere } from '../company/Company';
import { PRIORITY_NAMES, PriorityIcon, StatusChip, TagChip } from '../list/signs';
import { picker } from '../ui';
import type { ConversationActions } from '../useConversationCommands';
import { Words } from '../../platform/Words';
import { FollowButton } from '../notifications/FollowButton';
import classes from './ConversationHead.module.css';
import { PickerButton } from './PickerButton';

interface Props {
  conversation: Conversation;
  actions: ConversationActions;
}

export function ConversationHead({ conversation, actions }: Props) {
  const phone = usePhone();
  const { may } = useSession();
  const changeable = may('conversations:change');
  const Heading = phone ? 'h1' : 'h2';
  return (
    <header className={classes.head}>
      <div className={classes.top}>
        {phone && (
          <IconAction label={t('Back to the list')} chord="Escape" size={44} onClick={actions.toList}>
            <IconArrowLeft size={20} />
          </IconAction>
        )}
        <Heading className={classes.subject}>
          <InlineEdit
            key={conversation.id}
            value={conversation.subject ?? ''}
            empty={t('No subject')}
            label={t('Change the subject')}
            readOnly={!changeable}
            className={classes.subjectText}
            onSave={(subject) => void rename(conversation, subject)}
          />
        </Heading>
        {conversation.demo && <span className={classes.demo}>{t('Demo')}</span>}
        <span className={classes.fact}>#{conversation.number}</span>
        <FollowButton conversationId={conversation.id} />
        <IconAction label={t('Customer')} chord="]" size={phone ? 44 : 32} onClick={actions.toggleCustomer}>
          <IconLayoutSidebarRight size={18} />
        </IconAction>
      </div>
      <div className={classes.bottom}>
        <div className={classes.facts}>
          <span className={classes.mark}>
            <BrandTag brand={conversation.brand} />
          </span>
          <StatusChip status={conversation.status} />
          <span className={classes.mark}>
            <TeamTag teamId={conversation.teamId} />
          </span>
          {conversation.status === 'snoozed' && (
            <span className={classes.fact}>
              {conversation.snoozedUntil ? (
                <Words of={t('until {time}')} time={<Time at={conversation.snoozedUntil} as="until" />} />
              ) : (
                t('until they reply')
              )}
            </span>
          )}
          {conversation.tags.length > 0 && (
            <ul className={classes.tags} aria-label={t('Tags')}>
              {conversation.tags.map((tag) => (
                <li key={tag.name} className={classes.tag}>
                  <TagChip tag={tag} />
                </li>
              ))}
            </ul>
          )}
          <CompanyHere conversationId={conversation.id} />
        </div>
        {changeable && <HeadActions conversation={conversation} actions={actions} />}
      </div>
    </header>
  );
}

function HeadActions({ conversation, actions }: Props) {
  const phone = usePhone();
  const size = phone ? 44 : 32;
  const { assignee, status, priority } = conversation;
  const closed = status === 'resolved' || status === 'spam';
  const shared = { row: conversation, afterwards: actions.afterClosing };
  const toggle = (which: 'assign' | 'snooze' | 'priority' | 'tags') => () => picker.set(picker.get() === which ? null : which);
  return (
    <div className={classes.actions}>
      <PickerButton which="assign" label={t('Assign')} {...shared}>
        <Button
          variant="subtle"
          className={classes.assign}
          size={phone ? 'md' : 'sm'}
          px={8}
          leftSection={assignee ? <AgentFace agent={assignee} size={20} /> : <IconUserPlus size={18} />}
          aria-keyshortcuts="a"
          title={assignee ? t('Assigned to {name} (A)', { name: assignee.name }) : t('Assign (A)')}
          onClick={toggle('assign')}
        >
          {assignee && <span className="visually-hidden">{t('Assigned to')} </span>}
          <span className={`truncate ${classes.assignName}`} dir="auto">
            {assignee ? assignee.name : t('Assign')}
          </span>
        </Button>
      </PickerButton>
      <PickerButton which="tags" label={t('Tags')} {...shared}>
        <IconAction label={t('Tags')} chord="#" size={size} onClick={toggle('tags')}>
          <IconTag size={18} />
        </IconAction>
      </PickerButton>
      <PickerButton which="priority" label={t('Priority')} {...shared}>
        <IconAction label={t('Priority: {priority}', { priority: amid(PRIORITY_NAMES[priority]) })} chord="p" size={size} onClick={toggle('priority')}>
          {priority === 'normal' ? <IconFlag size={18} /> : <PriorityIcon priority={priority} size={18} />}
        </IconAction>
      </PickerButton>
      <PickerButton which="snooze" label={t('Snooze')} {...shared}>
        <IconAction label={t('Snooze')} chord="s" size={size} onClick={toggle('snooze')}>
          <IconClockPause size={18} />
        </IconAction>
      </PickerButton>
      <LateMenu
        position="bottom-end"
        button={
          <IconAction label={t('More')} size={size}>
            <IconDots size={18} />
          </IconAction>
        }
      >
        <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copyLink(conversation.id)}>
          {t('Copy the link')}
        </Menu.Item>
        <Menu.Item leftSection={<IconAlertOctagon size={16} />} onClick={actions.toggleSpam}>
          {status === 'spam' ? t('Not spam') : t('Mark as spam')}
        </Menu.Item>
      </LateMenu>
      <Button
        variant={closed ? 'default' : 'filled'}
        className={classes.resolve}
        size={phone ? 'md' : 'sm'}
        leftSection={closed ? <IconArrowBackUp size={16} /> : <IconCheck size={16} />}
        aria-keyshortcuts="e"
        title={closed ? t('Reopen (E)') : t('Resolve (E)')}
        onClick={actions.toggleResolved}
      >
        {closed ? t('Reopen') : t('Resolve')}
      </Button>
    </div>
  );
}

function copyLink(id: number): void {
  const link = `${location.origin}/inbox/all/${id}`;
  if (!navigator.clipboard) {
    toast(link);
    return;
  }
  void navigator.clipboard.writeText(link).then(() => toast(t('Link copied')));
}
