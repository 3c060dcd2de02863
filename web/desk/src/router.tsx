import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Condition, ViewSort } from './api/types';
import { InboxPage } from './conversations/InboxPage';
import { NothingOpen } from './conversations/NothingOpen';
import { lastView } from './conversations/views';
import { readConditions } from './conversations/views/conditions';
import { DeskShell } from './platform/DeskShell';
import { Refusal, Unreachable } from './platform/http';
import { speak, t } from './platform/i18n';
import { Page } from './platform/Page';
import { PageBones } from './platform/PageBones';
import { soon } from './platform/parts';
import { patiently } from './platform/patiently';
import { queryClient } from './platform/queries';
import { Trouble } from './platform/Trouble';
import { sessionQuery } from './staff/session';

const loadConversation = () => patiently(() => import('./conversations/ConversationRoute'));
// Whoever comes by a link to one waits for it; whoever comes to the list has it by the time they open the first.
if (/^\/inbox\/[^/]+\/./.test(location.pathname)) void loadConversation().catch(() => undefined);
else soon(loadConversation);

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Page,
  notFoundComponent: () => (
    <main className="alone">
      <Trouble error={new Refusal(404, {}, null)} what={t('this page')} alone />
    </main>
  ),
  errorComponent: PageTrouble,
});

const AGAIN_MS = 5_000;

/** A page that could not even be begun. Where the server is away, it is asked again until it is back. */
function PageTrouble({ error }: { error: unknown }) {
  const retry = () => void router.invalidate();
  useEffect(() => {
    if (!(error instanceof Unreachable)) return;
    const timer = setTimeout(retry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [error]);
  return (
    <main className="alone">
      <Trouble error={error} what={t('this page')} retry={retry} alone />
    </main>
  );
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; trouble?: string; provider?: number } => ({
    next: typeof search.next === 'string' ? search.next : undefined,
    trouble: typeof search.trouble === 'string' ? search.trouble : undefined,
    provider: Number(search.provider) || undefined,
  }),
  component: lazyRouteComponent(() => import('./staff/SignInPage'), 'SignInPage'),
});

const forgottenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./staff/security/ForgottenPasswordPage'), 'ForgottenPasswordPage'),
});

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join/$token',
  component: lazyRouteComponent(() => import('./staff/JoinPage'), 'JoinPage'),
});

const secureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/secure',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => null);
    if (!session?.settingUp) throw redirect({ to: session ? '/' : '/sign-in' });
    await speak(session.agent.deskLanguage);
  },
  component: lazyRouteComponent(() => import('./staff/security/SecurePage'), 'SecurePage'),
});

async function onlySignedIn({ context, location }: { context: { queryClient: QueryClient }; location: { href: string } }) {
  try {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    await speak(session.agent.deskLanguage);
    if (session.settingUp) throw redirect({ to: '/secure' });
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) {
      throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } });
    }
    throw error;
  }
}

const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: onlySignedIn,
  component: DeskShell,
});

const homeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: lastView() }, replace: true });
  },
});

export interface InboxSearch {
  q?: string;
  brand?: number;
  filter?: Condition[];
  sort?: ViewSort;
  /** The message that a link leads to. */
  message?: number;
}

const SORTS: ViewSort[] = ['newest', 'oldest', 'waiting', 'created', 'priority', 'due'];

/** What the address bar says of a list; anything else is left out. */
export function inboxSearch(search: Record<string, unknown>): InboxSearch {
  return {
    q: search.q === undefined || search.q === '' ? undefined : String(search.q),
    brand: Number(search.brand) || undefined,
    filter: readConditions(search.filter),
    sort: SORTS.find((each) => each === search.sort),
    message: Number(search.message) || undefined,
  };
}

const inboxRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox/$view',
  validateSearch: inboxSearch,
  component: InboxPage,
});

const nothingOpenRoute = createRoute({ getParentRoute: () => inboxRoute, path: '/', component: NothingOpen });

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversationId',
  component: lazyRouteComponent(loadConversation, 'ConversationRoute'),
  // Its own skeleton is a part of it.
  pendingComponent: () => null,
});

const settingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('./settings/SettingsPage'), 'SettingsPage'),
});

const settingsHomeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'profile' }, replace: true });
  },
});

const duplicatesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/customers/duplicates',
  component: lazyRouteComponent(() => import('./customers/DuplicatesPage'), 'DuplicatesPage'),
});

const printRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/print/$conversationId',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('./conversations/print/PrintPage'), 'PrintPage'),
});

const startRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/start',
  component: lazyRouteComponent(() => import('./installation/StartPage'), 'StartPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signInRoute,
    joinRoute,
    forgottenRoute,
    secureRoute,
    printRoute,
    deskRoute.addChildren([
      homeRoute,
      inboxRoute.addChildren([nothingOpenRoute, conversationRoute]),
      settingsRoute,
      settingsHomeRoute,
      duplicatesRoute,
      startRoute,
    ]),
  ]),
  context: { queryClient },
  defaultPreload: false,
  defaultPendingComponent: PageBones,
  defaultPendingMs: 300,
  defaultPendingMinMs: 0,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
