import { useQuery } from '@tanstack/react-query';
import { IconKeyboard, IconPlus, IconSearch } from '@tabler/icons-react';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { ViewCommands } from '../conversations/views/ViewList';
import { ownKeysQuery } from '../settings/ownKeys';
import { usePresence } from '../staff/presence';
import { PresenceGate } from '../staff/PresenceGate';
import { useSession } from '../staff/session';
import { type Overlay, overlay, useCommands, when } from './commands';
import classes from './DeskShell.module.css';
import { speak, t, useLanguage } from './i18n';
import { ownKeys } from './keymap';
import { LiveBanner } from './live/LiveBanner';
import { LiveProvider } from './live/LiveProvider';
import { keepUpToDate } from './newVersion';
import { openOutgoing } from './outgoing/outgoing';
import { fetchParts, part, soon } from './parts';
import { Boundary } from './Trouble';

const Palette = part(() => import('./Palette'));
const KeyHelp = part(() => import('./KeyHelp'));
const BackupAlarm = part(() => import('../installation/BackupAlarm'));
const WebhookAlarm = part(() => import('./webhooks/WebhookAlarm'));
const NewConversation = part(() => import('../conversations/NewConversation'));
const WhatWaits = part(() => import('../conversations/WhatWaits'));
const NotificationWatch = part(() => import('../conversations/notifications/NotificationWatch'));
const MailAlarm = part(() => import('../channels/email/MailAlarm'));
soon(() => import('./tips'));

/** What is there on every page once somebody is signed in. */
export function DeskShell() {
  useLanguage();
  const { agent, may } = useSession();
  useEffect(() => void speak(agent.deskLanguage), [agent.deskLanguage]);
  useEffect(() => openOutgoing(agent.id), [agent.id]);
  usePresence();
  const navigate = useNavigate();
  useEffect(() => keepUpToDate((path) => void navigate({ to: path })), [navigate]);
  useEffect(fetchParts, []);
  return (
    <LiveProvider>
      <DeskCommands />
      <ViewCommands />
      <PresenceGate />
      <Suspense fallback={null}>
        <WhatWaits />
        <NotificationWatch />
      </Suspense>
      <a className="skip-link" href="#main">
        {t('Skip to the content')}
      </a>
      <div className={classes.shell}>
        <LiveBanner />
        <Suspense fallback={null}>
          <MailAlarm />
          {may('installation:manage') && <BackupAlarm />}
          {may('webhooks:manage') && <WebhookAlarm />}
        </Suspense>
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

/** What has a key; all else that can be done from everywhere is known to the palette alone (farCommands.tsx). */
function DeskCommands() {
  useOwnKeys();
  const navigate = useNavigate();
  const { may } = useSession();

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
