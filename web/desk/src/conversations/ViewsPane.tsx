import { Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCommand, IconKeyboard, IconListCheck, IconLogout, IconSettings, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { overlay } from '../platform/commands';
import { plural, t } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { useLiveState } from '../platform/live/LiveProvider';
import { usePhone } from '../platform/usePhone';
import { StartCard } from '../installation/StartCard';
import { AgentFace } from '../staff/AgentFace';
import { signOut, useSession } from '../staff/session';
import { countersQuery } from './queries';
import { useFilter } from './useListing';
import classes from './ViewsPane.module.css';
import { VIEWS, type ViewEntry } from './views';

export function ViewsPane({ slim = false }: { slim?: boolean }) {
  const phone = usePhone();
  return (
    <div className={classes.pane} data-slim={slim || undefined}>
      <div className={classes.brand}>
        <img src="/bell.svg" alt="" width={24} height={24} />
        {!slim && <span className={classes.product}>Shopbell</span>}
      </div>
      <ul className={classes.views}>
        {VIEWS.map((entry) => (
          <li key={entry.view} data-apart={entry.view === 'resolved' || undefined}>
            <ViewLink entry={entry} slim={slim} />
          </li>
        ))}
      </ul>
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

function ViewLink({ entry, slim }: { entry: ViewEntry; slim: boolean }) {
  const { data: counters } = useQuery(countersQuery);
  const current = useFilter();
  const count = entry.counter ? counters?.[entry.counter] : undefined;
  const shown = count && count >= 9999 ? '9999+' : count;
  const calls = entry.view === 'mine' || entry.view === 'unassigned';
  return (
    <Tooltip label={count ? `${entry.label} (${shown})` : entry.label} position="right" disabled={!slim}>
      <Link
        to="/inbox/$view"
        params={{ view: entry.view }}
        search={{ brand: current.brand }}
        className={classes.view}
        aria-current={current.view === entry.view ? 'page' : undefined}
        onClick={() => overlay.set(null)}
      >
        <entry.Icon size={18} aria-hidden />
        <span className={slim ? 'visually-hidden' : classes.label}>{entry.label}</span>
        {count ? (
          <span className={classes.count} data-calls={calls || undefined}>
            <span aria-hidden>{shown}</span>
            <span className="visually-hidden">, {plural(count, '{shown} conversation', '{shown} conversations', { shown: String(shown) })}</span>
          </span>
        ) : null}
      </Link>
    </Tooltip>
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
            <span className={classes.live} data-state={live} title={LIVE_WORDS[live]} />
          </span>
          <span className={slim ? 'visually-hidden' : `truncate ${classes.label}`} dir="auto">
            {agent.name}
          </span>
          <span className="visually-hidden">, {t('your menu')}. {LIVE_WORDS[live]}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
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
