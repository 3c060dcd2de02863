import { useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconPlus, IconMoon, IconSettings, IconSun, IconLogout, IconSearch, IconListCheck } from '@tabler/icons-react';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { MailAlarm } from '../channels/email/MailAlarm';
import { saveLeftOvers } from '../conversations/composer/drafts';
import { NotificationWatch } from '../conversations/notifications/NotificationWatch';
import { VIEWS } from '../conversations/views';
import { SECTIONS } from '../settings/sections';
import { usePresence } from '../staff/presence';
import { signOut, useSession } from '../staff/session';
import { useDensity } from './appearance';
import { type Command, overlay, useCommands, when } from './commands';
import classes from './DeskShell.module.css';
import { KeyHelp } from './KeyHelp';
import { LiveBanner } from './live/LiveBanner';
import { LiveProvider } from './live/LiveProvider';
import { keepUpToDate } from './newVersion';
import { Palette } from './Palette';
import { Boundary } from './Trouble';

const NewConversation = lazy(() => import('../conversations/NewConversation'));

/** What is there on every page once somebody is signed in. */
export function DeskShell() {
  const { agent } = useSession();
  useEffect(() => saveLeftOvers(agent.id), [agent.id]);
  usePresence();
  const navigate = useNavigate();
  useEffect(() => keepUpToDate((path) => void navigate({ to: path })), [navigate]);
  return (
    <LiveProvider>
      <NotificationWatch />
      <DeskCommands />
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <div className={classes.shell}>
        <LiveBanner />
        <MailAlarm />
        <div className={classes.body}>
          <PageBoundary />
        </div>
      </div>
      <Palette />
      <KeyHelp />
      <NewConversationGate />
    </LiveProvider>
  );
}

function PageBoundary() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <Boundary what="this page" resetKey={path}>
      <Outlet />
    </Boundary>
  );
}

function NewConversationGate() {
  const open = overlay.use() === 'new';
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <NewConversation />
    </Suspense>
  );
}

function DeskCommands() {
  const navigate = useNavigate();
  const { may } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const dark = colorScheme === 'dark';

  useCommands([
    {
      id: 'palette',
      label: 'Everything, by name',
      group: 'Everywhere',
      chord: 'mod+k',
      onlyWhenSearched: true,
      run: () => overlay.set('palette'),
    },
    {
      id: 'keys',
      label: 'Show the keys',
      group: 'Everywhere',
      chord: '?',
      icon: <IconKeyboard size={16} />,
      run: () => overlay.set('keys'),
    },
    ...when(may('conversations:reply'), {
      id: 'new',
      label: 'New conversation',
      group: 'Everywhere',
      chord: 'c',
      icon: <IconPlus size={16} />,
      words: 'compose write mail',
      run: () => overlay.set('new'),
    }),
    ...VIEWS.map<Command>((view) => ({
      id: `view-${view.view}`,
      label: `Go to ${view.label}`,
      group: 'Go to',
      words: 'view inbox',
      icon: <view.Icon size={16} />,
      run: () => void navigate({ to: '/inbox/$view', params: { view: view.view } }),
    })),
    {
      id: 'go-search',
      label: 'Search',
      group: 'Go to',
      chord: '/',
      icon: <IconSearch size={16} />,
      run: () => focusSearch(() => void navigate({ to: '/inbox/$view', params: { view: 'search' } })),
    },
    {
      id: 'settings',
      label: 'Go to Settings',
      group: 'Go to',
      words: 'preferences',
      icon: <IconSettings size={16} />,
      run: () => void navigate({ to: '/settings/$section', params: { section: 'profile' } }),
    },
    ...SECTIONS.filter((each) => !each.needs || may(each.needs)).map<Command>((each) => ({
      id: `settings-${each.section}`,
      label: `Settings: ${each.label}`,
      group: 'Go to',
      icon: <each.Icon size={16} />,
      onlyWhenSearched: true,
      run: () => void navigate({ to: '/settings/$section', params: { section: each.section } }),
    })),
    ...when(may('installation:manage'), {
      id: 'start',
      label: 'Go to Getting started',
      group: 'Go to',
      icon: <IconListCheck size={16} />,
      run: () => void navigate({ to: '/start' }),
    }),
    {
      id: 'theme',
      label: dark ? 'Use the light theme' : 'Use the dark theme',
      group: 'Desk',
      words: 'appearance mode',
      icon: dark ? <IconSun size={16} /> : <IconMoon size={16} />,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'density',
      label: density === 'compact' ? 'Comfortable density' : 'Compact density',
      group: 'Desk',
      words: 'appearance rows',
      run: () => setDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    { id: 'sign-out', label: 'Sign out', group: 'Desk', words: 'log out leave', icon: <IconLogout size={16} />, run: () => void signOut() },
  ]);
  return null;
}

/** The field may already be on screen; otherwise going to the search page brings it. */
function focusSearch(otherwise: () => void): void {
  const field = document.querySelector<HTMLInputElement>('input[type="search"]');
  if (field) {
    field.focus();
    field.select();
  } else otherwise();
}
