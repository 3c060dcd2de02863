import { countersQuery, prefetchConversation } from './conversations/queries';
import { windowQuery } from './conversations/list/windows';
import { searchOf } from './conversations/useListing';
import { lastView } from './conversations/views';
import { viewsQuery } from './conversations/views/viewQueries';
import { queryClient } from './platform/queries';
import { type InboxSearch, inboxSearch } from './router';
import { sessionQuery } from './staff/session';

/**
 * What the page at this address shows first is asked for as soon as the desk's code is here: with the session and the words,
 * not after them. Whoever turns out to be signed out is refused all of it alike.
 */
export function fetchAhead(pathname: string, search: Record<string, unknown>): void {
  const inbox = /^\/inbox\/([^/]+)(?:\/(\d+))?\/?$/.exec(pathname === '/' ? `/inbox/${lastView()}` : pathname);
  if (!inbox && !/^\/(settings|start|customers|print)\b/.test(pathname)) return;
  void queryClient.prefetchQuery(sessionQuery);
  if (!inbox) return;
  const [, view = '', id] = inbox;
  const asked: InboxSearch = inboxSearch(search);
  if (view !== 'search' && !asked.q) void queryClient.prefetchQuery(windowQuery({ view: decodeURIComponent(view), ...searchOf({ view, ...asked }) }, 0));
  if (id) void prefetchConversation(Number(id));
  void queryClient.prefetchQuery(viewsQuery);
  void queryClient.prefetchQuery(countersQuery);
}
