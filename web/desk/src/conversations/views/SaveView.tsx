import { Button, Checkbox, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Condition, SavedView, ViewSort } from '../../api/types';
import { reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { toast, toastProblem } from '../../platform/toasts';
import { useTeams } from '../../staff/teams';
import { useSession } from '../../staff/session';
import classes from './FilterBar.module.css';
import { changeView, createView, type ViewContent } from './viewQueries';

interface Props {
  conditions: Condition[];
  sort: ViewSort;
  /** The view whose conditions these are to become. */
  existing?: SavedView;
  onSaved: () => void;
}

const FACES = ['🔥', '⭐', '📦', '↩️', '💳', '❓', '🚚', '🛠️', '🎁', '🕒'];

/** Keeps what is filtered as a view: as a new one with a name, or in the place of the one it came from. */
export function SaveView({ conditions, sort, existing, onSaved }: Props) {
  const navigate = useNavigate();
  const show = (view: SavedView) => void navigate({ to: '/inbox/$view', params: { view: view.key }, search: {} });
  const save = async (content: ViewContent) => {
    try {
      const view = existing ? await changeView(existing, content) : await createView(content);
      toast(existing ? t('View “{name}” changed', { name: view.name }) : t('View “{name}” saved', { name: view.name }));
      onSaved();
      show(view);
    } catch (error) {
      toastProblem(`${t('The view could not be saved')}. ${reasonOf(error)}`);
    }
  };
  if (existing) {
    const { name, icon, shared, teams } = existing;
    return (
      <Button size="compact-sm" onClick={() => void save({ name, icon, shared, teams, conditions, sort })}>
        {t('Save changes')}
      </Button>
    );
  }
  return <ViewForm start={{ name: '', icon: null, shared: false, teams: [] }} button={t('Save')} onSave={(named) => save({ ...named, conditions, sort })} />;
}

type Named = Pick<ViewContent, 'name' | 'icon' | 'shared' | 'teams'>;

/** What a view is called, how it looks, and who has it. */
export function ViewForm({ start, button, onSave }: { start: Named; button: string; onSave: (named: Named) => Promise<void> }) {
  const { may } = useSession();
  const [name, setName] = useState(start.name);
  const [icon, setIcon] = useState(start.icon);
  const [shared, setShared] = useState(start.shared);
  const [chosen, setChosen] = useState(start.teams);
  const teams = useTeams();
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || busy) return;
    setBusy(true);
    void onSave({ name: name.trim(), icon, shared, teams: shared ? [] : chosen }).finally(() => setBusy(false));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput label={t('Name')} data-autofocus maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <div role="group" aria-label={t('Icon')} className={classes.icons}>
        {[null, ...FACES, ...(icon && !FACES.includes(icon) ? [icon] : [])].map((each) => (
          <button
            key={each ?? ''}
            type="button"
            className={classes.icon}
            aria-pressed={icon === each}
            aria-label={each ?? t('No icon')}
            onClick={() => setIcon(each)}
          >
            {each ?? '–'}
          </button>
        ))}
      </div>
      {may('conversations:change') && (
        <>
          <Checkbox label={t('Shared with everybody')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
          {!shared && teams.length > 0 && (
            <Checkbox.Group label={t('Shared with teams')} value={chosen.map(String)} onChange={(next) => setChosen(next.map(Number))}>
              <div className={classes.teams}>
                {teams.map((team) => (
                  <Checkbox key={team.id} value={String(team.id)} label={<bdi>{team.name}</bdi>} />
                ))}
              </div>
            </Checkbox.Group>
          )}
        </>
      )}
      <Button type="submit" size="sm" loading={busy} disabled={!name.trim()}>
        {button}
      </Button>
    </form>
  );
}
