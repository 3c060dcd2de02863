import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Invitation, Session } from '../api/types';
import { Bone } from '../platform/Bone';
import { get, post, reasonOf, Refusal } from '../platform/http';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { Doorway } from './Doorway';

const WORDS = {
  setup: { title: 'Welcome to Shopbell', button: 'Create my account', lead: 'You are the first here. This account owns the desk.' },
  invitation: { title: 'Join the desk', button: 'Join', lead: 'Your colleagues are waiting. Choose a name and a password.' },
  reset: { title: 'Choose a new password', button: 'Save and sign in', lead: 'Your other sessions will be signed out.' },
};

export function JoinPage() {
  const { token } = useParams({ from: '/join/$token' });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => get<Invitation>(`/invitations/${encodeURIComponent(token)}`, undefined, signal),
  });
  if (invitation.isPending) {
    return (
      <Doorway title="One moment…" documentTitle="Join">
        <Bone width="100%" height={180} />
      </Doorway>
    );
  }
  if (invitation.isError) {
    const gone = invitation.error instanceof Refusal && invitation.error.status === 404;
    return (
      <Doorway title={gone ? 'This link no longer works' : 'We could not open this link'} documentTitle="Join">
        <p>
          {gone
            ? 'It was used already or has run out. Ask the person who sent it for a new one.'
            : `${reasonOf(invitation.error)} Your link is still good; try again in a moment.`}
        </p>
        <Button variant="default" mt={24} fullWidth onClick={() => (gone ? location.assign('/sign-in') : void invitation.refetch())}>
          {gone ? 'Go to sign in' : 'Try again'}
        </Button>
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
  const fields = problem instanceof Refusal ? problem.fields : {};

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const session = await post<Session>(`/invitations/${encodeURIComponent(token)}`, {
        name: form.get('name'),
        email: form.get('email') ?? undefined,
        password: form.get('password'),
      });
      queryClient.setQueryData(keys.session, session);
      await navigate({ to: invitation.purpose === 'setup' ? '/start' : '/' });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <Doorway title={words.title} documentTitle={words.title} lead={words.lead}>
      <form onSubmit={(event) => void onSubmit(event)}>
        <TextInput
          name="name"
          label="Your name"
          description="Customers see it under your answers."
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
        <TextInput
          name={invitation.email === null ? 'email' : undefined}
          label="Email"
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
          label="Password"
          description="At least 10 characters. Three plain words work well."
          autoComplete="new-password"
          required
          minLength={10}
          size="md"
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
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
      <p className="doorway-hint">
        This link works until <Time at={invitation.expiresAt} as="coming" />.
      </p>
    </Doorway>
  );
}
