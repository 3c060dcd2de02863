import { Button, Checkbox, ColorInput, TextInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Team } from '../api/types';
import { Empty } from '../platform/Empty';
import { del, patch, post, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { ListBones } from '../platform/ListBones';
import { keys } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { teamsQuery } from './teams';
import { useAgents } from './session';
import { TeamMark } from './TeamMark';

export function TeamsSettings() {
  const query = useQuery(teamsQuery);
  const agents = useAgents();
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the teams')} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={3} />;
  const teams = query.data.items;
  const begin = <Button onClick={() => setEditing('new')}>{t('New team')}</Button>;
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.grow}>{t('A conversation can be given to a team, and one of its agents takes it.')}</p>
        {teams.length > 0 && editing === null && begin}
      </div>
      {editing === 'new' && <TeamForm close={() => setEditing(null)} />}
      {teams.length === 0 && editing === null && (
        <Empty icon={<IconUsersGroup size={24} />} title={t('No teams')} action={begin}>
          {t('Make one where several people share a kind of work, such as returns.')}
        </Empty>
      )}
      <ul aria-label={t('Teams')}>
        {teams.map((team) => (
          <li key={team.id}>
            <div className={classes.row}>
              <TeamMark team={team} size={36} />
              <div className={classes.grow}>
                <p className="truncate">
                  <bdi>
                    <strong>{team.name}</strong>
                  </bdi>
                  {team.demo && <span className={classes.quiet}> · {t('demo')}</span>}
                </p>
                <p className={`truncate ${classes.quiet}`}>
                  {agents
                    .filter((agent) => team.members.includes(agent.id))
                    .map((agent) => agent.name)
                    .join(', ') || t('Nobody yet')}
                </p>
              </div>
              <TeamActions team={team} change={() => setEditing(team.id)} />
            </div>
            {editing === team.id && <TeamForm team={team} close={() => setEditing(null)} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function TeamActions({ team, change }: { team: Team; change: () => void }) {
  const client = useQueryClient();
  const remove = async () => {
    try {
      await del(`/teams/${team.id}`);
      toast(t('{name} is removed. Its conversations stay with whoever has them.', { name: team.name }));
    } catch (error) {
      toastProblem(t('This team could not be removed. {reason}', { reason: reasonOf(error) }));
    } finally {
      void client.invalidateQueries({ queryKey: keys.teams });
      void client.invalidateQueries({ queryKey: keys.agents });
    }
  };
  return (
    <div className={classes.actions}>
      <Button variant="subtle" onClick={change} aria-label={t('Change {name}', { name: team.name })}>
        {t('Change')}
      </Button>
      <Button variant="subtle" color="red" onClick={() => void remove()} aria-label={t('Remove {name}', { name: team.name })}>
        {t('Remove')}
      </Button>
    </div>
  );
}

function TeamForm({ team, close }: { team?: Team; close: () => void }) {
  const client = useQueryClient();
  const agents = useAgents().filter((agent) => agent.active || team?.members.includes(agent.id));
  const [name, setName] = useState(team?.name ?? '');
  const [emoji, setEmoji] = useState(team?.emoji ?? '');
  const [color, setColor] = useState(team?.color ?? '#0e7490');
  const [members, setMembers] = useState<string[]>((team?.members ?? []).map(String));
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), emoji: emoji.trim(), color, members: members.map(Number) };
    const done = await save(async () => {
      await (team ? patch(`/teams/${team.id}`, body) : post('/teams', body));
      await client.invalidateQueries({ queryKey: keys.teams });
      void client.invalidateQueries({ queryKey: keys.agents });
    }, t('Saved'));
    if (done) close();
  };
  return (
    <form className={classes.card} aria-label={team ? t('Change {name}', { name: team.name }) : t('New team')} onSubmit={(event) => void onSubmit(event)}>
      <div className={classes.form}>
        <TextInput
          label={t('Name')}
          required
          withAsterisk={false}
          autoFocus
          maxLength={60}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes.pair}>
          <TextInput
            label={t('Emoji')}
            placeholder="📦"
            maxLength={16}
            value={emoji}
            error={fields.emoji}
            onChange={(event) => setEmoji(event.currentTarget.value)}
          />
          <ColorInput label={t('Colour')} format="hex" withEyeDropper={false} value={color} error={fields.color} onChange={setColor} />
        </div>
        <Checkbox.Group label={t('Members')} value={members} onChange={setMembers} error={fields.members}>
          <div className={classes.scopes}>
            {agents.map((agent) => (
              <Checkbox key={agent.id} value={String(agent.id)} label={<bdi>{agent.name}</bdi>} />
            ))}
          </div>
        </Checkbox.Group>
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={busy} disabled={!name.trim()}>
            {t('Save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
