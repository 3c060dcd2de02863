import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Invitation, SecondStep, Session } from '../api/types';
import { Bone } from '../platform/Bone';
import { get, post, reasonOf, Refusal } from '../platform/http';
import { t, useLanguage } from '../platform/i18n';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { Words } from '../platform/Words';
import { Doorway } from './Doorway';
import { ProviderButtons } from './providers/ProviderButtons';
import { offeredQuery } from './providers/providers';
import { isHalfWay, SecondStepForm, type SignedInOrHalf } from './security/SecondStepForm';

const WORDS = {
  setup: { get title() { return t('Welcome to Shopbell'); }, get button() { return t('Create my account'); }, get lead() { return t('You are the first here. This account owns the desk.'); } },
  invitation: { get title() { return t('Join the desk'); }, get button() { return t('Join'); }, get lead() { return t('Your colleagues are waiting. Choose a name and a password.'); } },
  reset: { get title() { return t('Choose a new password'); }, get button() { return t('Save and sign in'); }, get lead() { return t('Wherever you are signed in, you are signed out.'); } },
};

export function JoinPage() {
  useLanguage();
  const { token } = useParams({ from: '/join/$token' });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/${encodeURIComponent(token)}`, undefined, signal),
  });
  if (invitation.isPending) {
    return (
      <Doorway title={t('One moment…')} documentTitle={t('Join')}>
        <Bone width="100%" height={180} />
      </Doorway>
    );
  }
  if (invitation.isError) {
    const gone = invitation.error instanceof Refusal && invitation.error.status === 404;
    return (
      <Doorway title={gone ? t('This link no longer works') : t('We could not open this link')} documentTitle={t('Join')}>
        <p>
          {gone
            ? t('It was used already or has run out. Ask for another: by mail for a new password, of whoever sent it to you for an invitation.')
            : t('{reason} Your link is still good; try again in a moment.', { reason: reasonOf(invitation.error) })}
        </p>
        {gone ? (
          <>
            <Button size="md" mt={24} fullWidth component={Link} to="/forgotten-password">
              {t('Mail me another link')}
            </Button>
            <Button variant="default" size="md" mt={12} fullWidth component={Link} to="/sign-in">
              {t('Go to sign in')}
            </Button>
          </>
        ) : (
          <Button variant="default" mt={24} fullWidth onClick={() => void invitation.refetch()}>
            {t('Try again')}
          </Button>
        )}
      </Doorway>
    );
  }
  return <JoinForm token={token} invitation={invitation.data} />;
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const words = WORDS[invitation.purpose];
  const known = invitation.purpose === 'reset';
  const fields = problem instanceof Refusal ? problem.fields : {};

  const offered = useQuery(offeredQuery);
  const [half, setHalf] = useState<SecondStep | null>(null);
  const enter = async (session: Session) => {
    queryClient.setQueryData(keys.session, session);
    await navigate({ to: invitation.purpose === 'setup' ? '/start' : '/' });
  };

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const answer = await post<SignedInOrHalf>(`/invitations/${encodeURIComponent(token)}`, {
        name: form.get('name') ?? undefined,
        email: form.get('email') ?? undefined,
        password: form.get('password'),
      });
      if (isHalfWay(answer)) setHalf(answer);
      else await enter(answer);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  if (half) {
    return (
      <Doorway title={t('Second step')} documentTitle={words.title} lead={t('Your new password is saved.')}>
        <SecondStepForm step={half} done={(session) => void enter(session)} again={() => location.assign('/sign-in')} />
      </Doorway>
    );
  }
  if (invitation.email !== null && invitation.role !== 'owner' && offered.data?.items.some((each) => each.exclusive)) {
    return (
      <Doorway title={words.title} documentTitle={words.title} lead={t('Sign in with your account of the address {email}.', { email: invitation.email })}>
        <ProviderButtons first />
      </Doorway>
    );
  }
  return (
    <Doorway title={words.title} documentTitle={words.title} lead={invitation.rescue ? t('Your second step is taken away with it, and you are signed out everywhere. Set up another soon.') : words.lead}>
      <form onSubmit={(event) => void onSubmit(event)}>
        {!known && (
          <TextInput
            name="name"
            label={t('Your name')}
            description={t('Customers see it under your answers.')}
            autoComplete="name"
            defaultValue={invitation.name ?? ''}
            required
            autoFocus
            maxLength={200}
            size="md"
            mb={16}
            withAsterisk={false}
            error={fields.name}
          />
        )}
        <TextInput
          name={invitation.email === null ? 'email' : undefined}
          label={t('Email')}
          type="email"
          autoComplete="username"
          defaultValue={invitation.email ?? ''}
          readOnly={invitation.email !== null}
          required
          size="md"
          mb={16}
          withAsterisk={false}
          error={fields.email}
        />
        <PasswordInput
          name="password"
          label={t('Password')}
          description={t('At least 10 characters. Three plain words work well.')}
          autoComplete="new-password"
          required
          autoFocus={known}
          minLength={10}
          size="md"
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': t('Show or hide the password') }}
          error={fields.password}
        />
        {problem !== null && (
          <p role="alert" className="form-problem">
            {reasonOf(problem)}
          </p>
        )}
        <Button type="submit" size="md" fullWidth mt={24} loading={busy}>
          {words.button}
        </Button>
      </form>
      {invitation.purpose === 'invitation' && <ProviderButtons />}
      <p className="doorway-hint">
        <Words of={t('This link works until {time}.')} time={<Time at={invitation.expiresAt} as="coming" />} />
      </p>
    </Doorway>
  );
}
