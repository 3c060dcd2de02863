import { Button, Menu, TextInput } from '@mantine/core';
import { IconDots, IconUserPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Agent, InvitationLink, InvitedAgent } from '../api/types';
import { Bone } from '../platform/Bone';
import { CopyBox } from '../platform/CopyText';
import { post, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { IconAction } from '../platform/IconAction';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { Words } from '../platform/Words';
import { useSaving } from '../settings/useSaving';
import { type Access, AccessFields, accessBody, NEW_ACCESS } from './AccessFields';
import { changeAgent, ChangeAccess } from './ChangeAccess';
import { PersonSummary } from './PersonSummary';
import { offeredQuery } from './providers/providers';
import { resetSecondStep, signOutEverywhere, unlinkProviders } from './security/colleague';
import { agentsQuery, useSession } from './session';

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
  const [access, setAccess] = useState<Access>(NEW_ACCESS);
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await save(async () => {
      const made = await post<InvitedAgent>('/agents', { name: name.trim(), email: email.trim(), ...accessBody(access) });
      invited({ name: made.agent.name, invitationUrl: made.invitationUrl, expiresAt: made.expiresAt });
      void queryClient.invalidateQueries({ queryKey: keys.agents });
      void queryClient.invalidateQueries({ queryKey: keys.teams });
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
            maxLength={120}
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
        <AccessFields access={access} change={setAccess} fields={fields} />
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
  const [changing, setChanging] = useState(false);
  const queryClient = useQueryClient();
  const providers = useQuery(offeredQuery).data?.items ?? [];
  const invite = async () => {
    try {
      showLink({ name: agent.name, ...(await post<InvitationLink>(`/agents/${agent.id}/invitation`)) });
    } catch (error) {
      toastProblem(t('No link could be made. {reason}', { reason: reasonOf(error) }));
    }
  };
  // Somebody whose day has come needs a new one.
  const over = !agent.active && agent.expiresAt !== null && Date.parse(agent.expiresAt) <= Date.now();
  const toggle = () =>
    over
      ? setChanging(true)
      : void changeAgent(
          queryClient,
          agent,
          { active: !agent.active },
          agent.active ? t('The access of {name} has ended', { name: agent.name }) : t('{name} is back', { name: agent.name }),
        );
  return (
    <li>
      <div className={classes.row}>
        <PersonSummary agent={agent} />
        {manage && (
          <Menu position="bottom-end" width={240}>
            <Menu.Target>
              <IconAction label={t('Change {name}', { name: agent.name })}>
                <IconDots size={18} />
              </IconAction>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setChanging(true)}>{t('Change role and access')}</Menu.Item>
              <Menu.Item onClick={() => void invite()}>{agent.joined ? t('Link for a new password') : t('New invitation link')}</Menu.Item>
              <Menu.Item onClick={() => void signOutEverywhere(agent)}>{t('Sign out everywhere')}</Menu.Item>
              <Menu.Item onClick={() => void resetSecondStep(agent)}>{t('Take the second step away')}</Menu.Item>
              {providers.length > 0 && <Menu.Item onClick={() => void unlinkProviders(agent)}>{t('Unlink accounts elsewhere')}</Menu.Item>}
              <Menu.Divider />
              <Menu.Item onClick={toggle}>{agent.active ? t('End access') : t('Bring back')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {changing && <ChangeAccess agent={agent} back={over} close={() => setChanging(false)} />}
    </li>
  );
}
