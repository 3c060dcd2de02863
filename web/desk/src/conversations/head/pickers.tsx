import { IconPlus, IconUserOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ConversationRow, Priority, Tag } from '../../api/types';
import { type Pick, PickList } from '../../platform/PickList';
import { t } from '../../platform/i18n';
import { useTeams } from '../../staff/teams';
import { AgentFace } from '../../staff/AgentFace';
import { PresenceName } from '../../staff/Presence';
import { useAgents, useSession } from '../../staff/session';
import { TeamMark } from '../../staff/TeamMark';
import { assign, changePriority, changeStatus, changeTags } from '../changes';
import { PRIORITY_NAMES, PriorityIcon } from '../list/signs';
import { useOfferedTags } from '../queries';
import { picker } from '../ui';
import { SnoozeList } from './SnoozeList';

interface Props {
  row: ConversationRow;
  close: () => void;
  /** What to do once the conversation has left its list. */
  afterwards: () => void;
}

const TEAM = 'team:';

export function AssignPicker({ row, close }: Props) {
  const agents = useAgents();
  const { agent: me } = useSession();
  const teams = useTeams();
  const picks = useMemo<Pick[]>(() => {
    const others = agents.filter((agent) => agent.active && agent.id !== me.id).sort((a, b) => a.name.localeCompare(b.name));
    return [
      {
        id: String(me.id),
        label: t('{name} (you)', { name: me.name }),
        words: t('me'),
        icon: <AgentFace agent={me} size={20} />,
        chosen: row.assignee?.id === me.id,
      },
      ...(row.assignee || row.teamId ? [{ id: 'none', label: t('Nobody'), words: t('unassign remove'), icon: <IconUserOff size={20} /> }] : []),
      ...others.map((agent) => ({
        id: String(agent.id),
        label: agent.name,
        words: agent.email,
        icon: <AgentFace agent={agent} size={20} />,
        hint: (
          <>
            <PresenceName agentId={agent.id} />
            {agent.title && ` · ${agent.title}`}
          </>
        ),
        chosen: row.assignee?.id === agent.id,
      })),
      ...teams.map((team) => ({
        id: TEAM + team.id,
        label: team.name,
        words: t('Team'),
        group: t('Teams'),
        icon: <TeamMark team={team} />,
        chosen: row.teamId === team.id,
      })),
    ];
  }, [agents, me, teams, row.assignee, row.teamId]);
  return (
    <PickList
      label={t('Assign to')}
      placeholder={t('Assign to…')}
      picks={picks}
      onClose={close}
      onPick={({ id }) => {
        close();
        const taken = (of: number | undefined, teamId: number | null) => of !== undefined && (teams.find((team) => team.id === teamId)?.members.includes(of) ?? false);
        if (id.startsWith(TEAM)) {
          const teamId = Number(id.slice(TEAM.length));
          void assign(row, taken(row.assignee?.id, teamId) ? row.assignee : null, teamId);
          return;
        }
        const agent = id === String(me.id) ? me : agents.find((each) => String(each.id) === id);
        void assign(row, agent ? { id: agent.id, name: agent.name } : null, taken(agent?.id, row.teamId) ? row.teamId : null);
      }}
    />
  );
}

export function SnoozePicker({ row, close, afterwards }: Props) {
  return (
    <SnoozeList
      close={close}
      onPick={(until) => {
        close();
        void changeStatus(row, 'snoozed', until);
        afterwards();
      }}
    />
  );
}

export function PriorityPicker({ row, close }: Props) {
  const picks = (['urgent', 'high', 'normal', 'low'] as Priority[]).map((priority) => ({
    id: priority,
    label: PRIORITY_NAMES[priority],
    icon: <PriorityIcon priority={priority} />,
    chosen: row.priority === priority,
  }));
  return (
    <PickList
      label={t('Priority')}
      placeholder={t('Priority…')}
      picks={picks}
      onClose={close}
      onPick={({ id }) => {
        close();
        void changePriority(row, id as Priority);
      }}
    />
  );
}

const NEW = 'new:';

export function TagPicker({ row, close }: Props) {
  const known = useOfferedTags();
  const all = useMemo(() => {
    const byName = new Map([...row.tags, ...known].map((tag) => [tag.name, tag]));
    return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
  }, [known, row.tags]);
  const descriptions = useMemo(() => new Map(known.map((tag) => [tag.name, tag.description])), [known]);
  const has = (name: string) => row.tags.some((tag) => tag.name === name);
  const toggle = (tag: Tag) => void changeTags(row, has(tag.name) ? row.tags.filter((each) => each.name !== tag.name) : [...row.tags, tag]);
  return (
    <PickList
      label={t('Tags')}
      placeholder={t('Add or remove tags…')}
      multiple
      picks={all.map((tag) => ({
        id: tag.name,
        label: tag.name,
        words: descriptions.get(tag.name),
        icon: <span className="tag-dot" style={{ background: tag.color }} />,
        chosen: has(tag.name),
      }))}
      create={(typed) =>
        all.some((tag) => tag.name.toLowerCase() === typed.toLowerCase())
          ? null
          : { id: NEW + typed, label: t('New tag “{typed}”', { typed }), icon: <IconPlus size={16} /> }
      }
      empty={t('No tags yet. Type a name to make the first.')}
      onClose={close}
      onPick={({ id }) => {
        if (id.startsWith(NEW)) toggle({ id: -Date.now(), name: id.slice(NEW.length), color: '#868e96' });
        else {
          const tag = all.find((each) => each.name === id);
          if (tag) toggle(tag);
        }
      }}
    />
  );
}

export const PICKERS = { assign: AssignPicker, snooze: SnoozePicker, priority: PriorityPicker, tags: TagPicker };

export function closePicker(): void {
  picker.set(null);
}
