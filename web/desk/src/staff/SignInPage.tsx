import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import type { SecondStep, Session } from '../api/types';
import { Bone } from '../platform/Bone';
import { post, reasonOf, Refusal } from '../platform/http';
import { t, useLanguage } from '../platform/i18n';
import { keys } from '../platform/queries';
import { Doorway } from './Doorway';
import { ProviderButtons } from './providers/ProviderButtons';
import { offeredQuery } from './providers/providers';
import { SignInTrouble } from './providers/SignInTrouble';
import { isHalfWay, SecondStepForm, type SignedInOrHalf } from './security/SecondStepForm';
import { PasskeyButton } from './security/PasskeyButton';
import { sessionQuery } from './session';

export function SignInPage() {
  useLanguage();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { next, trouble, provider } = useSearch({ from: '/sign-in' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [wait, setWait] = useState(0);
  const [half, setHalf] = useState<SecondStep | null>(null);
  // Asked for its cookie as much as for its answer: signing in needs the XSRF token that any GET sets.
  const existing = useQuery({ ...sessionQuery, retry: false, staleTime: 0 });
  const signedIn = existing.isSuccess && !existing.isFetching;
  const offered = useQuery(offeredQuery);
  const [asOwner, setAsOwner] = useState(false);

  const goOn = () => router.history.replace(next?.startsWith('/') && !next.startsWith('//') ? next : '/');

  const enter = (session: Session) => {
    queryClient.setQueryData(keys.session, session);
    goOn();
  };

  useEffect(() => {
    if (signedIn && !trouble) goOn();
  });

  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const answer = await post<SignedInOrHalf>('/session', { email: form.get('email'), password: form.get('password') });
      if (isHalfWay(answer)) setHalf(answer);
      else enter(answer);
    } catch (error) {
      setProblem(reasonOf(error));
      if (error instanceof Refusal && error.retryAfterSeconds) setWait(error.retryAfterSeconds);
    } finally {
      setBusy(false);
    }
  };

  if (half) {
    return (
      <Doorway title={t('Second step')} documentTitle={t('Sign in')}>
        <SecondStepForm step={half} done={enter} again={() => setHalf(null)} />
      </Doorway>
    );
  }
  // Where providers are required, only owners have a use for a password.
  if (offered.isPending || (signedIn && trouble) || (!asOwner && offered.data?.items.some((each) => each.exclusive))) {
    return (
      <Doorway title={t('Sign in to Shopbell')} documentTitle={t('Sign in')}>
        {trouble && <SignInTrouble trouble={trouble} provider={provider} />}
        {offered.isPending ? (
          <Bone width="100%" height={240} />
        ) : signedIn ? (
          <Button size="md" fullWidth onClick={goOn}>
            {t('Back to the desk')}
          </Button>
        ) : (
          <>
            <ProviderButtons next={next} first />
            <Button variant="subtle" fullWidth mt={16} onClick={() => setAsOwner(true)}>
              {t('Sign in as an owner, with a password')}
            </Button>
          </>
        )}
      </Doorway>
    );
  }
  return (
    <Doorway title={t('Sign in to Shopbell')} documentTitle={t('Sign in')}>
      {trouble && <SignInTrouble trouble={trouble} provider={provider} />}
      <form onSubmit={(event) => void onSubmit(event)}>
        <TextInput
          name="email"
          label={t('Email')}
          type="email"
          autoComplete="username"
          required
          autoFocus
          size="md"
          mb={16}
          withAsterisk={false}
        />
        <PasswordInput
          name="password"
          label={t('Password')}
          autoComplete="current-password"
          required
          size="md"
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('Show or hide the password') }}
        />
        {problem && (
          <p role="alert" className="form-problem">
            {problem}
          </p>
        )}
        <Button type="submit" size="md" fullWidth mt={24} loading={busy} disabled={wait > 0}>
          {wait > 0 ? t('Try again in {wait} s', { wait }) : t('Sign in')}
        </Button>
      </form>
      <PasskeyButton done={enter} />
      <ProviderButtons next={next} />
      <p className="doorway-hint">
        <Link to="/forgotten-password">{t('Forgotten your password?')}</Link>
      </p>
    </Doorway>
  );
}
