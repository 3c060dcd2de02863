import { Modal, Popover } from '@mantine/core';
import {
  IconAlertOctagon,
  IconCheck,
  IconClockPause,
  IconFlag,
  IconMail,
  IconMailOpened,
  IconPlus,
  IconRotate,
  IconTag,
  IconUserOff,
  IconUserPlus,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { AgentRef, ConversationRow, Priority, Status, Tag } from '../../api/types';
import { type Command, useCommands } from '../../platform/commands';
import { amid, plural, t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { useKeys } from '../../platform/keyboard';
import { type Pick, PickList } from '../../platform/PickList';
import { usePhone } from '../../platform/usePhone';
import { AgentFace } from '../../staff/AgentFace';
import { useAgents, useSession } from '../../staff/session';
import { SnoozeList } from '../head/SnoozeList';
import { useOfferedTags, useTags } from '../queries';
import { useListing } from '../useListing';
import { changeMany, type ManyChange } from './bulk';
import classes from './BulkBar.module.css';
import { report } from './report';
import { clearSelection, selectAll, selectedCount, useSelection } from './selection';
import { PRIORITY_NAMES, PriorityIcon } from './signs';

type Choice = 'assign' | 'snooze' | 'tags' | 'untag' | 'priority' | null;

/** What can be done to all that are selected; its keys are those of a single conversation. */
export default function BulkBar() {
  const listing = useListing();
  const selection = useSelection(listing.key);
  const { may } = useSession();
  const phone = usePhone();
  const [choice, setChoice] = useState<Choice>(null);
  const count = selectedCount(selection, listing.count);
  const mayChange = may('conversations:change');

  const run = (change: ManyChange) => {
    setChoice(null);
    const loaded: ConversationRow[] = [];
    for (let index = 0; index < listing.count; index++) {
      const row = listing.rowAt(index);
      if (row) loaded.push(row);
    }
    clearSelection();
    void changeMany(listing.filter, selection, loaded, change);
  };
  const status = (to: Status, until: string | null, done: ManyChange['done']) =>
    run({ action: { status: to, snoozedUntil: until }, patch: () => ({ status: to, snoozedUntil: until }), done });
  const resolve = () => status('resolved', null, (n) => plural(n, '{n} resolved', '{n} resolved'));
  const reopen = () => status('open', null, (n) => plural(n, '{n} reopened', '{n} reopened'));
  const spam = () => status('spam', null, (n) => plural(n, '{n} marked as spam', '{n} marked as spam'));
  const read = () => run({ action: { read: true }, patch: () => ({ unread: false }), done: (n) => plural(n, '{n} read', '{n} read') });

  const group = 'Selection';
  const commands: Command[] = mayChange
    ? [
        { id: 'many-assign', label: t('Assign all selected…'), group, chord: 'a', icon: <IconUserPlus size={16} />, run: () => setChoice('assign') },
        { id: 'many-resolve', label: t('Resolve all selected'), group, chord: 'e', icon: <IconCheck size={16} />, run: resolve },
        { id: 'many-reopen', label: t('Reopen all selected'), group, icon: <IconRotate size={16} />, run: reopen },
        { id: 'many-snooze', label: t('Snooze all selected…'), group, chord: 's', icon: <IconClockPause size={16} />, run: () => setChoice('snooze') },
        { id: 'many-tags', label: t('Tag all selected…'), group, chord: '#', icon: <IconTag size={16} />, run: () => setChoice('tags') },
        { id: 'many-untag', label: t('Remove a tag from all selected…'), group, icon: <IconTag size={16} />, run: () => setChoice('untag') },
        { id: 'many-priority', label: t('Priority of all selected…'), group, chord: 'p', icon: <IconFlag size={16} />, run: () => setChoice('priority') },
        { id: 'many-spam', label: t('Mark all selected as spam'), group, chord: '!', icon: <IconAlertOctagon size={16} />, run: spam },
        { id: 'many-read', label: t('Mark all selected as read'), group, icon: <IconMailOpened size={16} />, run: read },
      ]
    : [];
  useCommands(commands);
  // Before the open conversation hears of them, whose keys are the same.
  useKeys(
    {
      ...Object.fromEntries(commands.filter((each) => each.chord).map((each) => [each.chord, each.run])),
      Escape: clearSelection,
    },
    choice === null,
    true,
  );

  const size = phone ? 44 : 30;
  const button = (which: Choice, label: string, chord: string | undefined, icon: ReactNode, list: ReactNode) => (
    <Popover
      opened={choice === which}
      onChange={(open) => setChoice(open ? which : null)}
      position="bottom-start"
      width={phone ? 'calc(100vw - 16px)' : 300}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <IconAction label={label} chord={chord} size={size} onClick={() => setChoice(choice === which ? null : which)}>
          {icon}
        </IconAction>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={label}>
        {choice === which && list}
      </Popover.Dropdown>
    </Popover>
  );
  const close = () => setChoice(null);

  return (
    <div className={classes.bar} role="toolbar" aria-label={t('Selected conversations')}>
      <span className={classes.count} aria-live="polite">
        {plural(count, '{n} selected', '{n} selected')}
      </span>
      {!selection.all && selection.ids.size < listing.count && !listing.filter.q && (
        <button type="button" className={classes.all} onClick={() => selectAll(listing.key)}>
          {t('All {total}', { total: listing.count.toLocaleString() })}
        </button>
      )}
      <span className={classes.actions}>
        {mayChange && (
          <>
            <IconAction label={t('Resolve')} chord="e" size={size} onClick={resolve}>
              <IconCheck size={18} />
            </IconAction>
            {button('assign', t('Assign…'), 'a', <IconUserPlus size={18} />, <AssignMany run={run} close={close} />)}
            {button('snooze', t('Snooze…'), 's', <IconClockPause size={18} />, <SnoozeMany run={run} close={close} />)}
            {button(
              choice === 'untag' ? 'untag' : 'tags',
              t('Tags…'),
              '#',
              <IconTag size={18} />,
              <TagMany remove={choice === 'untag'} run={run} close={close} />,
            )}
            {button('priority', t('Priority…'), 'p', <IconFlag size={18} />, <PriorityMany run={run} close={close} />)}
            <IconAction label={t('Mark as read')} size={size} onClick={read}>
              <IconMail size={18} />
            </IconAction>
            <IconAction label={t('Reopen')} size={size} onClick={reopen}>
              <IconRotate size={18} />
            </IconAction>
            <IconAction label={t('Mark as spam')} chord="!" size={size} onClick={spam}>
              <IconAlertOctagon size={18} />
            </IconAction>
          </>
        )}
        <IconAction label={t('Select nothing')} chord="Escape" size={size} onClick={clearSelection}>
          <IconX size={18} />
        </IconAction>
      </span>
    </div>
  );
}

interface Many {
  run: (change: ManyChange) => void;
  close: () => void;
}

function AssignMany({ run, close }: Many) {
  const agents = useAgents();
  const { agent: me } = useSession();
  const picks = useMemo<Pick[]>(
    () => [
      { id: String(me.id), label: t('{name} (you)', { name: me.name }), words: t('me'), icon: <AgentFace agent={me} size={20} /> },
      { id: 'none', label: t('Nobody'), words: t('unassign remove'), icon: <IconUserOff size={20} /> },
      ...agents
        .filter((agent) => agent.active && agent.id !== me.id)
        .map((agent) => ({ id: String(agent.id), label: agent.name, words: agent.email, icon: <AgentFace agent={agent} size={20} /> })),
    ],
    [agents, me],
  );
  const choose = ({ id }: Pick) => {
    const agent = id === 'none' ? null : id === String(me.id) ? me : (agents.find((each) => String(each.id) === id) ?? null);
    const assignee: AgentRef | null = agent && { id: agent.id, name: agent.name };
    run({
      action: { assign: { agentId: assignee?.id ?? null } },
      patch: () => ({ assignee }),
      done: (n) =>
        assignee
          ? plural(n, '{n} assigned to {name}', '{n} assigned to {name}', { name: assignee.name })
          : plural(n, '{n} unassigned', '{n} unassigned'),
    });
  };
  return <PickList label={t('Assign to')} placeholder={t('Assign to…')} picks={picks} onClose={close} onPick={choose} />;
}

function SnoozeMany({ run, close }: Many) {
  const snooze = (until: string | null) =>
    run({
      action: { status: 'snoozed', snoozedUntil: until ?? undefined },
      patch: () => ({ status: 'snoozed', snoozedUntil: until }),
      done: (n) => plural(n, '{n} snoozed', '{n} snoozed'),
    });
  return <SnoozeList close={close} onPick={snooze} />;
}

function PriorityMany({ run, close }: Many) {
  return (
    <PickList
      label={t('Priority')}
      placeholder={t('Priority…')}
      picks={(['urgent', 'high', 'normal', 'low'] as Priority[]).map((id) => ({ id, label: PRIORITY_NAMES[id], icon: <PriorityIcon priority={id} /> }))}
      onClose={close}
      onPick={({ id }) =>
        run({
          action: { priority: id as Priority },
          patch: () => ({ priority: id as Priority }),
          done: (n) => plural(n, '{n}: priority {priority}', '{n}: priority {priority}', { priority: amid(PRIORITY_NAMES[id as Priority]) }),
        })
      }
    />
  );
}

const NEW = 'new:';
const REMOVE = 'remove:';

function TagMany({ remove, run, close }: Many & { remove: boolean }) {
  const tags = useTags();
  const offered = useOfferedTags();
  const dot = (tag: Tag) => <span className="tag-dot" style={{ background: tag.color }} />;
  const picks: Pick[] = [
    ...(remove ? [] : offered.map((tag) => ({ id: tag.name, label: tag.name, icon: dot(tag) }))),
    ...tags.map((tag) => ({
      id: REMOVE + tag.name,
      label: t('Remove {tag}', { tag: tag.name }),
      icon: dot(tag),
      onlyWhenSearched: !remove,
    })),
  ];
  const choose = ({ id }: Pick) => {
    if (id.startsWith(REMOVE)) {
      const name = id.slice(REMOVE.length);
      run({
        action: { removeTags: [name] },
        patch: (row) => ({ tags: row.tags.filter((tag) => tag.name !== name) }),
        done: (n) => plural(n, 'Tag {tag} removed from {n}', 'Tag {tag} removed from {n}', { tag: name }),
      });
      return;
    }
    const name = id.startsWith(NEW) ? id.slice(NEW.length) : id;
    const tag = tags.find((each) => each.name === name) ?? { id: -1, name, color: '#868e96' };
    run({
      action: { addTags: [name] },
      patch: (row) => ({ tags: row.tags.some((each) => each.name === name) ? row.tags : [...row.tags, tag] }),
      done: (n) => plural(n, '{n} tagged {tag}', '{n} tagged {tag}', { tag: name }),
    });
  };
  return (
    <PickList
      label={t('Tags')}
      placeholder={remove ? t('Remove a tag…') : t('Add a tag…')}
      picks={picks}
      create={(typed) =>
        remove || tags.some((tag) => tag.name.toLowerCase() === typed.toLowerCase())
          ? null
          : { id: NEW + typed, label: t('New tag “{typed}”', { typed }), icon: <IconPlus size={16} /> }
      }
      empty={remove ? t('There are no tags.') : t('No tags yet. Type a name to make the first.')}
      onClose={close}
      onPick={choose}
    />
  );
}

/** What a change of many could not do, one by one. */
export function BulkReport() {
  const over = report.use();
  return (
    <Modal
      opened={over !== null}
      onClose={() => report.set(null)}
      title={over && plural(over.refused, '{n} conversation could not be changed', '{n} conversations could not be changed')}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <ul className={classes.report}>
        {over?.problems.map((problem) => (
          <li key={problem.conversationId}>
            <a href={`/inbox/all/${problem.conversationId}`} dir="auto">
              #{problem.conversationId} {problem.subject}
            </a>
            <span>{problem.reason}</span>
          </li>
        ))}
      </ul>
      {over && over.refused > over.problems.length && <p>{t('Only the first {n} are listed.', { n: over.problems.length })}</p>}
    </Modal>
  );
}
