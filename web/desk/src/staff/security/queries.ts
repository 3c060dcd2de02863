import { queryOptions } from '@tanstack/react-query';
import type { OpenSession, OwnSignIn, Page, Passkey, SignInPolicy } from '../../api/types';
import { get } from '../../platform/http';
import { keys } from '../../platform/queries';

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: ({ signal }) => get<Page<OpenSession>>('/me/sessions', undefined, signal),
  staleTime: 0,
});

export const ownSignInQuery = queryOptions({
  queryKey: keys.ownSignIn,
  queryFn: ({ signal }) => get<OwnSignIn>('/me/sign-in', undefined, signal),
  staleTime: 0,
});

export const signInPolicyQuery = queryOptions({
  queryKey: keys.signInPolicy,
  queryFn: ({ signal }) => get<SignInPolicy>('/sign-in-policy', undefined, signal),
});

export const passkeysQuery = queryOptions({
  queryKey: keys.passkeys,
  queryFn: ({ signal }) => get<Page<Passkey>>('/me/passkeys', undefined, signal),
  staleTime: 0,
});
