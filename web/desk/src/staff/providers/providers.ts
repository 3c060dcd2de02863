import { queryOptions } from '@tanstack/react-query';
import type { IdentityProvider, OfferedIdentityProvider, OwnIdentityProvider, Page } from '../../api/types';
import { get, post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';

/** What the page for signing in shows, to anybody. */
export const offeredQuery = queryOptions({
  queryKey: keys.offeredProviders,
  queryFn: ({ signal }) => get<Page<OfferedIdentityProvider>>('/session/identity-providers', undefined, signal),
  staleTime: 60_000,
  // The ways that are always there are not held back by it.
  retry: false,
});

export const ownProvidersQuery = queryOptions({
  queryKey: keys.ownProviders,
  queryFn: ({ signal }) => get<Page<OwnIdentityProvider>>('/me/identity-providers', undefined, signal),
  staleTime: 0,
});

export const providersQuery = queryOptions({
  queryKey: keys.identityProviders,
  queryFn: ({ signal }) => get<Page<IdentityProvider>>('/identity-providers', undefined, signal),
  // Why it failed last is news.
  staleTime: 0,
});

/** The browser leaves for the provider and comes back into the desk. */
export async function leaveFor(path: string, next?: string): Promise<void> {
  const { url } = await post<{ url: string }>(path, { next });
  window.location.assign(url);
  // What was pressed stays busy until the page is gone.
  await new Promise(() => undefined);
}

/** Why nobody was let in, for whoever wanted in. */
export function troubleWords(trouble: string, name: string): string {
  switch (trouble) {
    case 'declined':
      return t('{name} did not let you in. Try again, or sign in another way.', { name });
    case 'tooLate':
      return t('That sign-in took too long, was ended already, or began in another browser. Begin it again here.');
    case 'unreachable':
      return t('{name} does not answer as it should at the moment. Try again in a few minutes.', { name });
    case 'misconfigured':
      return t('{name} and this desk do not fit together. An owner reads why in Settings, Installation.', { name });
    case 'clock':
      return t('The clocks of {name} and of this desk’s server differ by too much. An owner has to set the server’s clock.', { name });
    case 'unproven':
      return t('{name} does not vouch for your mail address. Sign in another way, and link your account in Settings, Sign-in.', { name });
    case 'outside':
      return t('Your address at {name} is of a domain that may not come in here. Is it the right account?', { name });
    case 'unknown':
      return t('Nobody at this desk has the address of your account at {name}. Ask an owner to invite you.', { name });
    case 'ended':
      return t('Your access to this desk has ended. An owner can bring you back.');
    case 'taken':
      return t('This account at {name} is linked to somebody else at this desk.', { name });
    case 'other':
      return t('Another account at {name} is linked to you already. Unlink it in Settings, Sign-in, or ask an owner to.', { name });
    case 'tooMany':
      return t('Too many attempts. Wait a quarter of an hour and try again.');
    default:
      return t('What came back was not proven to be the answer of {name}, so nobody was let in. Begin again; an owner reads more in Settings, Installation.', { name });
  }
}
