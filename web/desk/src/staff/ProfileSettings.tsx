import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Agent, Session } from '../api/types';
import { OwnSignatures } from '../channels/email/OwnSignatures';
import { patch, put } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { FaceField } from './FaceField';
import { LanguagesField } from './LanguagesField';
import { ownSignInQuery } from './security/queries';
import { useSession } from './session';

export function ProfileSettings() {
  return (
    <>
      <AboutMe />
      <OwnSignatures />
      <Password />
    </>
  );
}

function AboutMe() {
  const { agent } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(agent.name);
  const [displayName, setDisplayName] = useState(agent.displayName ?? '');
  const [title, setTitle] = useState(agent.title ?? '');
  const [languages, setLanguages] = useState(agent.languages);
  const { busy, save, reason, fields } = useSaving();
  const changed =
    name.trim() !== agent.name ||
    displayName.trim() !== (agent.displayName ?? '') ||
    title.trim() !== (agent.title ?? '') ||
    languages.join() !== agent.languages.join();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(async () => {
      const saved = await patch<Agent>('/me', {
        name: name.trim(),
        displayName: displayName.trim(),
        title: title.trim(),
        languages,
      });
      queryClient.setQueryData<Session>(keys.session, (old) => old && { ...old, agent: saved });
      void queryClient.invalidateQueries({ queryKey: keys.agents });
      void queryClient.invalidateQueries({ queryKey: keys.signatures });
    }, t('Saved'));
  };
  return (
    <section className={classes.section}>
      <form className={classes.form} onSubmit={onSubmit}>
        <FaceField />
        <TextInput
          label={t('Name')}
          description={t('As colleagues know you.')}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('Name for customers')}
          description={t('It stands under your mails.')}
          placeholder={name}
          maxLength={120}
          value={displayName}
          error={fields.displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
        />
        <TextInput
          label={t('Title')}
          description={t('What you do. Customers see it under your mails.')}
          maxLength={120}
          value={title}
          error={fields.title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <LanguagesField languages={languages} error={fields.languages} change={setLanguages} />
        <TextInput label={t('Email')} readOnly value={agent.email} description={t('You sign in with it.')} />
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <Button type="submit" loading={busy} disabled={!changed || !name.trim()}>
          {t('Save')}
        </Button>
      </form>
    </section>
  );
}

function Password() {
  const { agent } = useSession();
  const queryClient = useQueryClient();
  const { busy, save, reason, fields } = useSaving();
  // Whoever comes by an account elsewhere may have none yet.
  const none = useQuery(ownSignInQuery).data?.password === false;
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const done = await save(
      () => put('/me/password', { current: data.get('current'), next: data.get('next') }),
      t('Password changed. Your other sessions are signed out.'),
    );
    if (done) form.reset();
    void queryClient.invalidateQueries({ queryKey: keys.ownSignIn });
  };
  const toggle = { 'aria-label': t('Show or hide the password') };
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Password')}</h2>
      <p className={classes.lead}>{t('Changing it signs out your other sessions.')}</p>
      <form className={classes.form} onSubmit={(event) => void onSubmit(event)}>
        <input type="hidden" autoComplete="username" value={agent.email} readOnly />
        {!none && (
          <PasswordInput
            name="current"
            label={t('Current password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            error={fields.current}
            visibilityToggleButtonProps={toggle}
          />
        )}
        <PasswordInput
          name="next"
          label={t('New password')}
          description={t('At least 10 characters.')}
          autoComplete="new-password"
          minLength={10}
          required
          withAsterisk={false}
          error={fields.next}
          visibilityToggleButtonProps={toggle}
        />
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <Button type="submit" variant="default" loading={busy}>
          {none ? t('Choose the password') : t('Change the password')}
        </Button>
      </form>
    </section>
  );
}
