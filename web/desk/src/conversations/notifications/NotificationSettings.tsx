import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Bone } from '../../platform/Bone';
import { post, put } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { useStored } from '../../platform/stored';
import { Time } from '../../platform/Time';
import { Trouble } from '../../platform/Trouble';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { chime } from './NotificationWatch';
import classes from './NotificationSettings.module.css';
import { PushDevices } from './PushDevices';
import { type MailTrial, type NotificationChoice, type NotificationSettings as Values, settingsQuery } from './queries';
import { kindWords } from './wordings';

export function NotificationSettings() {
  const query = useQuery(settingsQuery);
  if (query.data) return <Known values={query.data} />;
  if (query.isError) return <Trouble error={query.error} what={t('these settings')} retry={() => void query.refetch()} />;
  return (
    <div aria-busy="true" className={classes.bones}>
      {[80, 60, 70, 50].map((width) => (
        <Bone key={width} width={`${width}%`} height={20} />
      ))}
    </div>
  );
}

/** What is changed is kept at once; a refusal sets it back and says why. */
function Known({ values }: { values: Values }) {
  const queryClient = useQueryClient();
  const { save, reason, fields } = useSaving();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const change = (next: Partial<Values>) => {
    const wanted = { ...values, ...next };
    queryClient.setQueryData(keys.notificationSettings, wanted);
    void save(async () => {
      try {
        queryClient.setQueryData(keys.notificationSettings, await put<Values>('/me/notification-settings', wanted));
      } catch (error) {
        queryClient.setQueryData(keys.notificationSettings, values);
        throw error;
      }
    });
  };
  return (
    <>
      <p className={settings.lead}>
        {t(
          'The desk shows what concerns you, in one line for each conversation. Push calls you when you are away from it; a mail comes only where no push did, and you had not seen it at the desk. Nothing is told twice, and nothing of what you did yourself.',
        )}
      </p>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <Choices choices={values.choices} change={(choices) => change({ choices })} />
      <section className={settings.section}>
        <h2 className={settings.sectionTitle}>{t('Mail')}</h2>
        <div className={classes.stack}>
          <Minutes value={values.mailAfterMinutes} error={fields.mailAfterMinutes} change={(mailAfterMinutes) => change({ mailAfterMinutes })} />
          <MailTest />
        </div>
      </section>
      <section className={settings.section}>
        <h2 className={settings.sectionTitle}>{t('Push')}</h2>
        <PushDevices />
        <Checkbox
          label={t('Show who wrote and what')}
          description={t('Otherwise a push names the kind and the number of the conversation alone, whoever sees the screen.')}
          checked={values.pushWords}
          onChange={(event) => change({ pushWords: event.currentTarget.checked })}
        />
      </section>
      <section className={settings.section}>
        <h2 className={settings.sectionTitle}>{t('Quiet')}</h2>
        <p className={settings.lead}>{t('Mail and push wait until the quiet is over. The desk shows everything all the same.')}</p>
        <div className={classes.stack}>
          <Pause until={values.pausedUntil} />
          <QuietHours values={values} zone={zone} change={change} errors={fields} />
          <Sound />
        </div>
      </section>
      <section className={settings.section}>
        <h2 className={settings.sectionTitle}>{t('Following')}</h2>
        <Checkbox
          label={t('Follow what I answer')}
          description={t('Who is mentioned follows, too. What you stop following stays so until you follow it again.')}
          checked={values.followAnswered}
          onChange={(event) => change({ followAnswered: event.currentTarget.checked })}
        />
      </section>
    </>
  );
}

function Choices({ choices, change }: { choices: NotificationChoice[]; change: (next: NotificationChoice[]) => void }) {
  const places = [
    { place: 'desk', label: t('Desk') },
    { place: 'push', label: t('Push') },
    { place: 'mail', label: t('Mail') },
  ] as const;
  return (
    <section className={settings.section}>
      <table className={classes.choices}>
        <caption className="visually-hidden">{t('What you are told, and where')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('When')}</th>
            {places.map(({ place, label }) => (
              <th key={place} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => {
            const words = kindWords(choice.kind);
            return (
              <tr key={choice.kind}>
                <th scope="row">
                  {words.label}
                  {words.description && <span className={classes.hint}>{words.description}</span>}
                </th>
                {places.map(({ place, label }) => (
                  <td key={place}>
                    <Checkbox
                      aria-label={`${words.label}: ${label}`}
                      checked={choice[place]}
                      onChange={(event) =>
                        change(choices.map((each) => (each.kind === choice.kind ? { ...each, [place]: event.currentTarget.checked } : each)))
                      }
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Minutes({ value, error, change }: { value: number; error?: string; change: (next: number) => void }) {
  const [typed, setTyped] = useState<string | number>(value);
  useEffect(() => setTyped(value), [value]);
  const keep = () => {
    const next = Number(typed);
    if (typed !== '' && Number.isInteger(next) && next !== value) change(next);
  };
  return (
    <NumberInput
      label={t('Wait for me at the desk')}
      description={t('Minutes before a mail is sent.')}
      className={classes.short}
      min={0}
      max={1440}
      allowDecimal={false}
      value={typed}
      error={error}
      onChange={setTyped}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  );
}

function MailTest() {
  const [trial, setTrial] = useState<MailTrial | null>(null);
  const { busy, save, reason } = useSaving();
  return (
    <div>
      <Button variant="default" loading={busy} onClick={() => void save(async () => setTrial(await post<MailTrial>('/me/notification-settings/test-mail')))}>
        {t('Send me a test mail')}
      </Button>
      <p role="status" className={classes.outcome} data-bad={reason !== null || trial?.sent === false || undefined}>
        {reason ?? trial?.words}
      </p>
    </div>
  );
}

function Pause({ until }: { until: string | null }) {
  const queryClient = useQueryClient();
  const { busy, save, reason } = useSaving();
  const paused = until !== null && Date.parse(until) > Date.now();
  const pause = (minutes: number) =>
    void save(async () => queryClient.setQueryData(keys.notificationSettings, await put<Values>('/me/notification-settings/pause', { minutes })));
  return (
    <div className={classes.pause}>
      {paused ? (
        <>
          <span>
            {t('Paused')} · <Time at={until} as="coming" />
          </span>
          <Button variant="default" loading={busy} onClick={() => pause(0)}>
            {t('End the pause')}
          </Button>
        </>
      ) : (
        <Button variant="default" loading={busy} onClick={() => pause(60)}>
          {t('Pause for an hour')}
        </Button>
      )}
      {reason && (
        <span role="alert" className="form-problem">
          {reason}
        </span>
      )}
    </div>
  );
}

interface QuietProps {
  values: Values;
  zone: string;
  change: (next: Partial<Values>) => void;
  errors: Record<string, string | undefined>;
}

function QuietHours({ values, zone, change, errors }: QuietProps) {
  const on = values.quietFrom !== null;
  const zones = [...new Set([zone, values.timeZone, ...Intl.supportedValuesOf('timeZone'), 'UTC'])];
  return (
    <>
      <Checkbox
        label={t('Quiet hours')}
        checked={on}
        onChange={(event) =>
          change(event.currentTarget.checked ? { quietFrom: '19:00', quietUntil: '08:00', timeZone: zone } : { quietFrom: null, quietUntil: null })
        }
      />
      {on && (
        <div className={classes.hours}>
          <TextInput
            type="time"
            label={t('From')}
            value={values.quietFrom ?? ''}
            error={errors.quietFrom}
            onChange={(event) => event.currentTarget.value && change({ quietFrom: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t('Until')}
            value={values.quietUntil ?? ''}
            error={errors.quietUntil}
            onChange={(event) => event.currentTarget.value && change({ quietUntil: event.currentTarget.value })}
          />
          <Select
            label={t('Time zone')}
            searchable
            allowDeselect={false}
            data={zones}
            value={values.timeZone}
            error={errors.timeZone}
            onChange={(value) => value && change({ timeZone: value })}
          />
        </div>
      )}
    </>
  );
}

function Sound() {
  const [sound, setSound] = useStored('sound', 'off');
  return (
    <Checkbox
      label={t('A sound at the desk')}
      description={t('In this browser only.')}
      checked={sound === 'on'}
      onChange={(event) => {
        setSound(event.currentTarget.checked ? 'on' : 'off');
        if (event.currentTarget.checked) chime();
      }}
    />
  );
}
