import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Page } from '../../api/types';
import { del, post, reasonOf } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { toastProblem } from '../../platform/toasts';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import classes from './NotificationSettings.module.css';
import { pushState, type PushState, subscribe, unsubscribe } from './push';
import { devicesQuery, type PushDevice, type PushTrial } from './queries';

/** The browsers that push reaches, this one among them if it is wanted and can be. */
export function PushDevices() {
  const queryClient = useQueryClient();
  const { data } = useQuery(devicesQuery);
  const [state, setState] = useState<PushState | null>(null);
  const [trial, setTrial] = useState<PushTrial | null>(null);
  const { busy, save, reason } = useSaving();
  const testing = useSaving();
  const look = () => void pushState().then(setState, () => setState('unsupported'));
  useEffect(look, []);
  const devices = data?.items ?? [];

  const begin = () =>
    void save(async () => {
      await subscribe();
      await queryClient.invalidateQueries({ queryKey: keys.pushDevices });
    }).then(look);
  const stop = () =>
    void save(async () => {
      await unsubscribe();
      // The push service says that it is gone, and the server forgets the device.
      await post('/me/notification-settings/test-push');
      await queryClient.invalidateQueries({ queryKey: keys.pushDevices });
    }).then(look);
  const end = async (device: PushDevice) => {
    const before = queryClient.getQueryData<Page<PushDevice>>(keys.pushDevices);
    queryClient.setQueryData<Page<PushDevice>>(keys.pushDevices, { items: devices.filter((each) => each.id !== device.id), next: null });
    try {
      await del(`/me/push-devices/${device.id}`);
    } catch (error) {
      queryClient.setQueryData(keys.pushDevices, before);
      toastProblem(reasonOf(error));
    }
  };

  return (
    <div className={classes.devices}>
      <Here state={state} busy={busy} begin={begin} stop={stop} />
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      {devices.length > 0 && (
        <>
          <ul aria-label={t('Devices that are pushed to')}>
            {devices.map((device) => (
              <li key={device.id} className={settings.row}>
                <span className={settings.grow}>
                  <span dir="auto">{device.name}</span>{' '}
                  <span className={settings.quiet}>
                    {device.lastPushedAt ? (
                      <>
                        {t('Last pushed to')} <Time at={device.lastPushedAt} />
                      </>
                    ) : (
                      <>
                        {t('Since')} <Time at={device.createdAt} />
                      </>
                    )}
                  </span>
                </span>
                <IconAction label={t('End push to {name}', { name: device.name })} onClick={() => void end(device)}>
                  <IconX size={16} />
                </IconAction>
              </li>
            ))}
          </ul>
          <div style={{ paddingTop: 16 }}>
            <Button
              variant="default"
              loading={testing.busy}
              onClick={() =>
                void testing.save(async () => {
                  setTrial(await post<PushTrial>('/me/notification-settings/test-push'));
                  await queryClient.invalidateQueries({ queryKey: keys.pushDevices });
                })
              }
            >
              {t('Send me a test push')}
            </Button>
            <p role="status" className={classes.outcome} data-bad={testing.reason !== null || (trial && trial.words.length > 0) || undefined}>
              {testing.reason ?? (trial ? outcome(trial) : null)}
            </p>
          </div>
        </>
      )}
    </div>
  );
}

function outcome(trial: PushTrial): string {
  const parts = [];
  if (trial.taken > 0) parts.push(plural(trial.taken, 'On its way to {n} device.', 'On its way to {n} devices.'));
  if (trial.ended > 0) parts.push(plural(trial.ended, '{n} device is gone and was taken off.', '{n} devices are gone and were taken off.'));
  return [...parts, ...trial.words].join(' ');
}

interface HereProps {
  state: PushState | null;
  busy: boolean;
  begin: () => void;
  stop: () => void;
}

function Here({ state, busy, begin, stop }: HereProps) {
  switch (state) {
    case null:
      return <p className={settings.lead}>{"\u00a0"}</p>;
    case 'insecure':
      return <p className={settings.lead}>{t('Browsers allow push over https only. Ask whoever runs this desk for an address that begins with https.')}</p>;
    case 'unsupported':
      return <p className={settings.lead}>{t('This browser cannot be pushed to. On an iPhone or iPad, put the desk on the home screen first and open it from there.')}</p>;
    case 'denied':
      return <p className={settings.lead}>{t('You have forbidden notifications in this browser. Allow them beside the address, then come back.')}</p>;
    case 'off':
      return (
        <>
          <p className={settings.lead}>{t('This browser can call you, also while the desk is closed.')}</p>
          <Button loading={busy} onClick={begin}>
            {t('Push to this browser')}
          </Button>
        </>
      );
    case 'on':
      return (
        <Button variant="default" loading={busy} onClick={stop}>
          {t('No more push to this browser')}
        </Button>
      );
  }
}
