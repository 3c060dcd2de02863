import { Button } from '@mantine/core';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Agent } from '../api/types';
import { patch, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { AccessFields, accessBody, accessOf } from './AccessFields';

type Body = Record<string, unknown>;

/** What the agent had before, as a change back to it. */
function before(agent: Agent): Body {
  return {
    ...accessBody(accessOf(agent)),
    active: agent.active,
    ...(agent.expiresAt ? { expiresAt: agent.expiresAt } : { neverExpires: true }),
  };
}

export async function changeAgent(client: QueryClient, agent: Agent, body: Body, done: string, undo = true): Promise<void> {
  try {
    await patch<Agent>(`/agents/${agent.id}`, body);
    toast(
      done,
      undo ? { action: { label: t('Undo'), chord: 'z', run: () => void changeAgent(client, agent, before(agent), t('Undone'), false) } } : undefined,
    );
  } catch (error) {
    toastProblem(t('This could not be changed. {reason}', { reason: reasonOf(error) }));
  } finally {
    void client.invalidateQueries({ queryKey: keys.agents });
    void client.invalidateQueries({ queryKey: keys.teams });
  }
}

export function ChangeAccess({ agent, back, close }: { agent: Agent; back: boolean; close: () => void }) {
  const client = useQueryClient();
  const [access, setAccess] = useState(() => ({ ...accessOf(agent), ...(back ? { until: '' } : {}) }));
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await save(async () => {
      await patch<Agent>(`/agents/${agent.id}`, {
        ...accessBody(access),
        ...(access.until && access.role !== 'owner' ? {} : { neverExpires: true }),
        ...(back ? { active: true } : {}),
      });
      toast(t('Saved'), {
        action: { label: t('Undo'), chord: 'z', run: () => void changeAgent(client, agent, before(agent), t('Undone'), false) },
      });
      void client.invalidateQueries({ queryKey: keys.agents });
      void client.invalidateQueries({ queryKey: keys.teams });
    });
    if (done) close();
  };
  return (
    <form className={classes.card} aria-label={t('Access of {name}', { name: agent.name })} onSubmit={(event) => void onSubmit(event)}>
      <div className={classes.form}>
        <AccessFields access={access} change={setAccess} fields={fields} />
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={busy}>
            {t('Save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
