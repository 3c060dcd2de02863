import { Button, Menu, Select, TextInput } from '@mantine/core';
import { IconDots, IconUserPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Agent, InvitationLink, InvitedAgent, Role } from '../api/types';
import { Bone } from '../platform/Bone';
import { CopyBox } from '../platform/CopyText';
import { Face } from '../platform/Face';
import { patch, post, reasonOf } from '../platform/http';
import { amid, t } from '../platform/i18n';
import { IconAction } from '../platform/IconAction';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { Words } from '../platform/Words';
import { agentsQuery, useSession } from './session';

const ROLES: { value: Role; label: string; text: string }[] = [
  { value: 'agent', get label() { return t('Agent'); }, get text() { return t('answers customers'); } },
  { value: 'lead', get label() { return t('Lead'); }, get text() { return t('also manages brands and reads the audit'); } },
  { value: 'owner', get label() { return t('Owner'); }, get text() { return t('may do everything'); } },
];

export const roleName = (role: Role) => ROLES.find((each) => each.value === role)?.label ?? role;

interface Link extends InvitationLink {
  name: string;
}

export function PeopleSettings() {
  const { may } = useSession();
  const query = useQuery(agentsQuery);
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<Link | null>(null);
  const manage = may('agents:manage');
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('your colleagues')} retry={() => void query.refetch()} />;
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.grow}>{t('Everyone who works at this desk.')}</p>
        {manage && !inviting && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInviting(true)}>
            {t('Invite')}
          </Button>
        )}
      </div>
      {inviting && <InviteForm close={() => setInviting(false)} invited={setLink} />}
      {link && <FreshLink link={link} />}
      <ul aria-label={t('People')}>
        {query.data?.items.map((agent) => <Person key={agent.id} agent={agent} manage={manage} showLink={setLink} />) ??
          [1, 2, 3].map((n) => (
            <li key={n} className={classes.row}>
              <Bone width={36} height={36} round />
              <Bone width={180} />
            </li>
          ))}
      </ul>
    </>
  );
}

export function FreshLink({ link }: { link: Link }) {
  return (
    <div className={classes.fresh} role="status">
      <p>
        <Words
          of={t('Send this link to {name}. It works once, until {time}.')}
          name={<strong dir="auto">{link.name}</strong>}
          time={<Time at={link.expiresAt} as="coming" />}
        />
      </p>
      <CopyBox text={link.invitationUrl} label={t('Copy the link')} />
    </div>
  );
}

export function InviteForm({ close, invited }: { close?: () => void; invited: (link: Link) => void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await save(async () => {
      const made = await post<InvitedAgent>('/agents', { name: name.trim(), email: email.trim(), role });
      invited({ name: made.agent.name, invitationUrl: made.invitationUrl, expiresAt: made.expiresAt });
      void queryClient.invalidateQueries({ queryKey: keys.agents });
      void queryClient.invalidateQueries({ queryKey: keys.installation });
    });
    if (done) {
      setName('');
      setEmail('');
      close?.();
    }
  };
  return (
    <form className={classes.card} onSubmit={(event) => void onSubmit(event)}>
      <div className={classes.form}>
        <div className={classes.pair}>
          <TextInput
            label={t('Name')}
            required
            withAsterisk={false}
            autoFocus={Boolean(close)}
            maxLength={200}
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('Email')}
            type="email"
            required
            withAsterisk={false}
            value={email}
            error={fields.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </div>
        <Select
          label={t('Role')}
          data={ROLES.map((each) => ({ value: each.value, label: `${each.label} – ${each.text}` }))}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole((value ?? 'agent') as Role)}
        />
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={busy}>
            {t('Make an invitation link')}
          </Button>
          {close && (
            <Button variant="subtle" onClick={close}>
              {t('Cancel')}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}

function Person({ agent, manage, showLink }: { agent: Agent; manage: boolean; showLink: (link: Link) => void }) {
  const { agent: me } = useSession();
  const queryClient = useQueryClient();
  const change = async (body: Partial<Pick<Agent, 'role' | 'active'>>, done: string) => {
    try {
      await patch<Agent>(`/agents/${agent.id}`, body);
      const back = body.role ? { role: agent.role } : { active: agent.active };
      toast(done, { action: { label: t('Undo'), chord: 'z', run: () => void change(back, t('Undone')) } });
    } catch (error) {
      toastProblem(t('This could not be changed. {reason}', { reason: reasonOf(error) }));
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.agents });
    }
  };
  const invite = async () => {
    try {
      showLink({ name: agent.name, ...(await post<InvitationLink>(`/agents/${agent.id}/invitation`)) });
    } catch (error) {
      toastProblem(t('No link could be made. {reason}', { reason: reasonOf(error) }));
    }
  };
  return (
    <li className={classes.row}>
      <Face name={agent.name} size={36} url={agent.faceUrl} />
      <div className={classes.grow}>
        <p className="truncate">
          <bdi>
            <strong className={agent.active ? undefined : classes.off}>{agent.name}</strong>
          </bdi>
          {agent.id === me.id && ` ${t('(you)')}`}
          {agent.demo && <span className={classes.quiet}> · {t('demo')}</span>}
          {!agent.active && <span className={classes.quiet}> · {t('switched off')}</span>}
          {!agent.joined && agent.active && <span className={classes.quiet}> · {t('invited, has not joined yet')}</span>}
        </p>
        <p className={`truncate ${classes.quiet}`}>
          {agent.email}
          {agent.title && ` · ${agent.title}`}
          {agent.lastSeenAt && (
            <>
              {' · '}
              <Words of={t('seen {time}')} time={<Time at={agent.lastSeenAt} />} />
            </>
          )}
        </p>
      </div>
      <div className={classes.actions}>
        <span className={classes.quiet}>{roleName(agent.role)}</span>
        {manage && (
          <Menu position="bottom-end" width={240}>
            <Menu.Target>
              <IconAction label={t('Change {name}', { name: agent.name })}>
                <IconDots size={18} />
              </IconAction>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('Role')}</Menu.Label>
              {ROLES.map((role) => (
                <Menu.Item
                  key={role.value}
                  disabled={role.value === agent.role}
                  onClick={() => void change({ role: role.value }, t('{name} is now {role}', { name: agent.name, role: amid(role.label) }))}
                >
                  {role.label}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item onClick={() => void invite()}>{agent.joined ? t('Link for a new password') : t('New invitation link')}</Menu.Item>
              <Menu.Item
                onClick={() =>
                  void change({ active: !agent.active }, agent.active ? t('{name} is switched off', { name: agent.name }) : t('{name} is back', { name: agent.name }))
                }
              >
                {agent.active ? t('Switch off') : t('Switch on')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </li>
  );
}
