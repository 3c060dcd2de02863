import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Webhook, WebhookTrial, WebhookWithSecret } from '../../api/types';
import settings from '../../settings/Settings.module.css';
import { del, post, put, reasonOf } from '../http';
import { t } from '../i18n';
import { Time } from '../Time';
import { toast, toastProblem } from '../toasts';
import { Words } from '../Words';
import { WebhookDeliveries } from './WebhookDeliveries';
import { WebhookForm } from './WebhookForm';
import { hostOf, refresh } from './webhooks';
import classes from './Webhooks.module.css';

interface Props {
  webhook: Webhook;
  shown: (secret: string, webhook: Webhook) => void;
  close: () => void;
}

/** One webhook: how it is, what can be done, and what it was told. */
export function WebhookDetail({ webhook, shown, close }: Props) {
  const [changing, setChanging] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const path = `/webhooks/${webhook.id}`;
  const doing = async (what: string, work: () => Promise<unknown>) => {
    setBusy(what);
    try {
      await work();
    } catch (error) {
      toastProblem(`${t('The webhook could not be changed')}. ${reasonOf(error)}`);
    } finally {
      setBusy(null);
      refresh();
    }
  };
  const test = () =>
    doing('test', async () => {
      const trial = await post<WebhookTrial>(`${path}/test`, {});
      if (trial.taken) toast(t('It took the test event in {n} ms ({status}).', { n: trial.millis, status: trial.status ?? '' }));
      else toastProblem(`${t('It did not take the test event.')} ${trial.words ?? ''}`);
    });
  const replace = () =>
    doing('secret', async () => {
      const made = await post<WebhookWithSecret>(`${path}/secret`, {});
      shown(made.secret, made.webhook);
    });
  const pause = (paused: boolean): Promise<void> =>
    doing('pause', async () => {
      await post(`${path}/${paused ? 'pause' : 'resume'}`, {});
      if (paused) toast(t('Paused: what happens meanwhile is told later'), { action: { label: t('Undo'), chord: 'z', run: () => void pause(false) } });
    });
  const remove = () =>
    doing('remove', async () => {
      await del(path);
      toast(t('{name} is told nothing any more', { name: webhook.description || hostOf(webhook) }));
      close();
    });
  if (changing) return <WebhookForm webhook={webhook} close={() => setChanging(false)} made={shown} />;
  return (
    <div className={settings.card}>
      <Standing webhook={webhook} />
      <div className={classes.actions}>
        <Button variant="default" loading={busy === 'test'} onClick={() => void test()}>
          {t('Send a test')}
        </Button>
        {webhook.state === 'active' && webhook.failingSince && (
          <Button variant="default" loading={busy === 'pause'} onClick={() => void pause(false)}>
            {t('Try now')}
          </Button>
        )}
        <Button variant="default" loading={busy === 'pause' && !webhook.failingSince} onClick={() => void pause(webhook.state === 'active')}>
          {webhook.state === 'active' ? t('Pause') : t('Resume')}
        </Button>
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('Change')}
        </Button>
        <Button variant="default" loading={busy === 'secret'} onClick={() => void replace()}>
          {t('New secret')}
        </Button>
        <Button variant="subtle" color="red" loading={busy === 'remove'} onClick={() => void remove()}>
          {t('Remove')}
        </Button>
      </div>
      <WebhookDeliveries webhook={webhook} />
      <Replay webhook={webhook} />
    </div>
  );
}

function Standing({ webhook }: { webhook: Webhook }) {
  return (
    <div className={classes.standing}>
      {webhook.state === 'disabled' && (
        <p role="status">
          {webhook.trouble} {t('Resume it once that is mended: it is told everything from where it stopped.')}
        </p>
      )}
      {webhook.state === 'active' && webhook.failingSince && (
        <p role="status">
          <Words of={t('It has taken nothing since {time}.')} time={<Time at={webhook.failingSince} />} /> {webhook.trouble}{' '}
          {webhook.nextAttemptAt && <Words of={t('The next attempt is {time}.')} time={<Time at={webhook.nextAttemptAt} as="coming" />} />}
        </p>
      )}
      {webhook.oldSecretUntil && (
        <p>
          <Words of={t('The secret before this one signs, too, until {time}.')} time={<Time at={webhook.oldSecretUntil} as="coming" />} />
        </p>
      )}
    </div>
  );
}

/** Tells what happened before again, or passes over what waits. */
function Replay({ webhook }: { webhook: Webhook }) {
  const [since, setSince] = useState('');
  const [reason, setReason] = useState<string | null>(null);
  const move = async (at: Date, done: string) => {
    setReason(null);
    try {
      await put(`/webhooks/${webhook.id}/position`, { since: at.toISOString() });
      toast(done);
    } catch (error) {
      setReason(reasonOf(error));
    } finally {
      refresh();
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void move(new Date(since), t('It is told again what happened since'));
  };
  return (
    <form className={classes.replay} onSubmit={onSubmit}>
      <TextInput
        type="datetime-local"
        label={t('Tell everything again since')}
        description={t('In order, under the same ids, so that nothing is taken twice by a program that keeps them.')}
        value={since}
        error={reason}
        onChange={(event) => setSince(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button type="submit" variant="default" disabled={!since}>
          {t('Tell again')}
        </Button>
        {webhook.waiting > 0 && (
          <Button variant="subtle" onClick={() => void move(new Date(), t('What waited is passed over'))}>
            {t('Pass over what waits')}
          </Button>
        )}
      </div>
    </form>
  );
}
