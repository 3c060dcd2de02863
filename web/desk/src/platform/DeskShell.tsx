import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconKeyboard, IconLanguage, IconPlus, IconMoon, IconSettings, IconSun, IconLogout, IconSearch, IconListCheck, IconUsers } from '@tabler/icons-react';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { MailAlarm } from '../channels/email/MailAlarm';
import { saveLeftOvers } from '../conversations/composer/draftSync';
import { NotificationWatch } from '../conversations/notifications/NotificationWatch';
import { ViewCommands } from '../conversations/views/ViewList';
import { ownKeysQuery } from '../settings/ownKeys';
import { SECTIONS } from '../settings/sections';
import { WhatWaits } from '../conversations/WhatWaits';
import { chooseLanguage } from '../staff/language';
import { usePresence } from '../staff/presence';
import { PresenceGate } from '../staff/PresenceGate';
import { signOut, useSession } from '../staff/session';
import { useDensity } from './appearance';
import { type Command, type Overlay, overlay, useCommands, when } from './commands';
import classes from './DeskShell.module.css';
import { LANGUAGES, speak, t, type Language, useLanguage } from './i18n';
import { ownKeys } from './keymap';
import { LiveBanner } from './live/LiveBanner';
import { LiveProvider } from './live/LiveProvider';
import { keepUpToDate } from './newVersion';
import { fetchParts, part } from './parts';
import { Boundary } from './Trouble';

const Palette = part(() => import('./Palette'));
const KeyHelp = part(() => import('./KeyHelp'));
const WebhookAlarm = part(() => import('./webhooks/WebhookAlarm'));
const NewConversation = part(() => import('../conversations/NewConversation'));

/** What is there on every page once somebody is signed in. */
export function DeskShell() {
  useLanguage();
  const { agent, may } = useSession();
  useEffect(() => void speak(agent.deskLanguage), [agent.deskLanguage]);
  useEffect(() => saveLeftOvers(agent.id), [agent.id]);
  usePresence();
  const navigate = useNavigate();
  useEffect(() => keepUpToDate((path) => void navigate({ to: path })), [navigate]);
  useEffect(fetchParts, []);
  return (
    <LiveProvider>
      <NotificationWatch />
      <DeskCommands />
      <ViewCommands />
      <PresenceGate />
      <WhatWaits />
      <a className="skip-link" href="#main">
        {t('Skip to the content')}
      </a>
      <div className={classes.shell}>
        <LiveBanner />
        <MailAlarm />
        <Suspense fallback={null}>{may('webhooks:manage') && <WebhookAlarm />}</Suspense>
        <div className={classes.body}>
          <PageBoundary />
        </div>
      </div>
      <Over on="palette">
        <Palette />
      </Over>
      <Over on="keys">
        <KeyHelp />
      </Over>
      <NewConversationGate />
    </LiveProvider>
  );
}

function PageBoundary() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <Boundary what={t('this page')} resetKey={path}>
      <Outlet />
    </Boundary>
  );
}

/** Comes when it is first opened, and stays: it closes softly, and gives the focus back. */
function Over({ on, children }: { on: Overlay; children: ReactNode }) {
  const open = overlay.use() === on;
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  return wanted && <Suspense fallback={null}>{children}</Suspense>;
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

function useOwnKeys() {
  const own = useQuery(ownKeysQuery).data;
  useEffect(() => {
    if (own) ownKeys.set(own);
  }, [own]);
}

function DeskCommands() {
  useOwnKeys();
  const navigate = useNavigate();
  const { may } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const language = useLanguage();
  const dark = colorScheme === 'dark';

  useCommands([
    {
      id: 'palette',
      label: t('Everything, by name'),
      group: 'Everywhere',
      chord: 'mod+k',
      onlyWhenSearched: true,
      run: () => overlay.set('palette'),
    },
    {
      id: 'keys',
      label: t('Show the keys'),
      group: 'Everywhere',
      chord: '?',
      icon: <IconKeyboard size={16} />,
      run: () => overlay.set('keys'),
    },
    ...when(may('conversations:reply'), {
      id: 'new',
      label: t('New conversation'),
      group: 'Everywhere',
      chord: 'c',
      icon: <IconPlus size={16} />,
      words: t('compose write mail'),
      run: () => overlay.set('new'),
    }),
    {
      id: 'go-search',
      label: t('Search'),
      group: 'Go to',
      chord: '/',
      icon: <IconSearch size={16} />,
      run: () => focusSearch(() => void navigate({ to: '/inbox/$view', params: { view: 'search' } })),
    },
    ...when(may('customers:change'), {
      id: 'duplicates',
      label: t('Customers who may be the same'),
      group: 'Go to',
      words: t('duplicate merge same person'),
      icon: <IconUsers size={16} />,
      run: () => void navigate({ to: '/customers/duplicates' }),
    }),
    {
      id: 'settings',
      label: t('Go to Settings'),
      group: 'Go to',
      words: t('preferences'),
      icon: <IconSettings size={16} />,
      run: () => void navigate({ to: '/settings/$section', params: { section: 'profile' } }),
    },
    ...SECTIONS.filter((each) => !each.needs || may(each.needs)).map<Command>((each) => ({
      id: `settings-${each.section}`,
      label: t('Settings: {label}', { label: each.label }),
      group: 'Go to',
      icon: <each.Icon size={16} />,
      onlyWhenSearched: true,
      run: () => void navigate({ to: '/settings/$section', params: { section: each.section } }),
    })),
    ...when(may('installation:manage'), {
      id: 'start',
      label: t('Go to Getting started'),
      group: 'Go to',
      icon: <IconListCheck size={16} />,
      run: () => void navigate({ to: '/start' }),
    }),
    {
      id: 'theme',
      label: dark ? t('Use the light theme') : t('Use the dark theme'),
      group: 'Desk',
      words: t('appearance mode'),
      icon: dark ? <IconSun size={16} /> : <IconMoon size={16} />,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'density',
      label: density === 'compact' ? t('Comfortable density') : t('Compact density'),
      group: 'Desk',
      words: t('appearance rows'),
      run: () => setDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    ...(Object.keys(LANGUAGES) as Language[])
      .filter((each) => each !== language)
      .map<Command>((each) => ({
        id: `language-${each}`,
        label: t('Language: {name}', { name: LANGUAGES[each].name }),
        group: 'Desk',
        words: t('language deutsch german english'),
        icon: <IconLanguage size={16} />,
        onlyWhenSearched: true,
        run: () => void chooseLanguage(each),
      })),
    { id: 'sign-out', label: t('Sign out'), group: 'Desk', words: t('log out leave'), icon: <IconLogout size={16} />, run: () => void signOut() },
  ]);
  return null;
}

/** The field may already be on screen; otherwise going to the search page brings it. */
function focusSearch(otherwise: () => void): void {
  const field = document.querySelector<HTMLInputElement>('input[data-search]');
  if (field) {
    field.focus();
    field.select();
  } else otherwise();
}
