import { Menu, UnstyledButton } from '@mantine/core';
import { IconCommand, IconKeyboard, IconListCheck, IconLogout, IconSettings, IconUser, IconUserCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { overlay } from '../platform/commands';
import { t } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { useAgentPresence } from '../platform/live/company';
import { useLiveState } from '../platform/live/LiveProvider';
import { usePhone } from '../platform/usePhone';
import { StartCard } from '../installation/StartCard';
import { AgentFace } from '../staff/AgentFace';
import { choosingPresence } from '../staff/availability';
import { presenceWords } from '../staff/Presence';
import { signOut, useSession } from '../staff/session';
import { NotificationBell } from './notifications/NotificationBell';
import classes from './ViewsPane.module.css';
import { ViewList } from './views/ViewList';

export function ViewsPane({ slim = false }: { slim?: boolean }) {
  const phone = usePhone();
  return (
    <div className={classes.pane} data-slim={slim || undefined}>
      <div className={classes.brand}>
        <img src="/bell.svg" alt="" width={24} height={24} />
        {!slim && <span className={classes.product}>Shopbell</span>}
        {!phone && <NotificationBell />}
      </div>
      <ViewList slim={slim} />
      {!slim && !phone && <StartCard />}
      <div className={classes.foot}>
        {!slim && (
          <UnstyledButton className={classes.command} onClick={() => overlay.set('palette')}>
            <IconCommand size={16} aria-hidden /> {t('Commands')} {!phone && <KeyCaps chord="mod+k" />}
          </UnstyledButton>
        )}
        <MeMenu slim={slim} />
      </div>
    </div>
  );
}

const LIVE_WORDS = {
  get live() { return t('Live'); },
  get connecting() { return t('Connecting…'); },
  get lost() { return t('Not connected'); },
};

function MeMenu({ slim }: { slim: boolean }) {
  const { agent, may } = useSession();
  const navigate = useNavigate();
  const live = useLiveState();
  const mine = useAgentPresence(agent.id);
  const state = live === 'live' && mine ? presenceWords(mine) : LIVE_WORDS[live];
  const go = (section: string) => {
    overlay.set(null);
    void navigate({ to: '/settings/$section', params: { section } });
  };
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.me}>
          <span className={classes.face}>
            <AgentFace agent={agent} size={28} />
            {live !== 'live' && <span className={classes.live} data-state={live} title={state} />}
          </span>
          <span className={slim ? 'visually-hidden' : `truncate ${classes.label}`} dir="auto">
            {agent.name}
          </span>
          <span className="visually-hidden">, {t('your menu')}. {state}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => choosingPresence.set(true)} rightSection={<KeyCaps chord="h" />}>
          {state}
        </Menu.Item>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => go('profile')}>
          {t('Profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => go('appearance')}>
          {t('Settings')}
        </Menu.Item>
        {may('installation:manage') && (
          <Menu.Item leftSection={<IconListCheck size={16} />} onClick={() => void navigate({ to: '/start' })}>
            {t('Getting started')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => overlay.set('keys')} rightSection={<KeyCaps chord="?" />}>
          {t('Keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
