import { Button } from '@mantine/core';
import { IconCloudOff, IconSend } from '@tabler/icons-react';
import { Suspense, useEffect, useState } from 'react';
import { useCommands, when } from '../commands';
import { waitingSince } from '../http';
import { plural, t } from '../i18n';
import { outgoing, useOutgoing } from '../outgoing/outgoing';
import { listOpen } from '../outgoing/listOpen';
import classes from './LiveBanner.module.css';
import { hurryLive, useLiveState } from './LiveProvider';
import { part } from '../parts';

const OutgoingList = part(() => import('../outgoing/OutgoingList'));

/** Short breaks mend themselves unseen; only a lasting one is worth a word. */
const PATIENCE_MS = 3_000;
const SLOW_MS = 8_000;
const ON_ITS_WAY_MS = 300;

function useLasting(holds: boolean, forMs: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!holds) {
      setLasts(false);
      return;
    }
    const timer = setTimeout(() => setLasts(true), forMs);
    return () => clearTimeout(timer);
  }, [holds, forMs]);
  return holds && lasts;
}

/** Whether what began then still lasts so long after it. */
function useOlderThan(since: number | null, ms: number): boolean {
  const [old, setOld] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => setOld(since), since + ms - Date.now());
    return () => clearTimeout(timer);
  }, [since, ms]);
  return since !== null && old === since;
}

function useOffline(): boolean {
  const [offline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return offline;
}

/** What is wrong with the line, what still works, and what waits to be sent. */
export function LiveBanner() {
  const offline = useOffline();
  const lost = useLasting(useLiveState() === 'lost', PATIENCE_MS) || offline;
  const since = waitingSince.use();
  const slow = useOlderThan(since, SLOW_MS);
  const entries = useOutgoing();
  const refused = entries.filter((each) => each.state === 'refused').length;
  const waiting = entries.filter((each) => each.state === 'waiting').length;
  const lasting = useLasting(waiting > 0, PATIENCE_MS) || (lost && waiting > 0);
  const open = listOpen.use();
  useCommands(
    when(entries.length > 0, {
      id: 'outgoing',
      label: t('Show what waits to be sent'),
      group: 'Everywhere',
      words: t('offline queue outgoing unsent'),
      icon: <IconSend size={16} />,
      run: () => listOpen.set(true),
    }),
  );
  const count = lasting || refused > 0;
  return (
    <>
      <OnItsWay since={since} />
      <div role="status">
        {(lost || slow || count) && (
          <div className={classes.banner} data-bad={refused > 0 || undefined}>
            <p className={classes.words}>
              {lost ? (
                <>
                  <IconCloudOff size={16} aria-hidden style={{ verticalAlign: '-3px', marginRight: 6 }} />
                  <strong>{offline ? t('You are offline.') : t('Shopbell cannot be reached.')}</strong>{' '}
                  {t('What you have opened stays readable. Answers, notes and changes wait on this computer and go out by themselves.')}
                </>
              ) : refused > 0 ? (
                <strong>{plural(refused, 'One thing was not sent.', '{n} things were not sent.')}</strong>
              ) : lasting ? (
                plural(waiting, 'One thing waits to be sent.', '{n} things wait to be sent.')
              ) : (
                t('The line is slow. What you asked for is still on its way.')
              )}
            </p>
            <span className={classes.actions}>
              {count && (
                <Button size="compact-sm" variant="default" onClick={() => listOpen.set(true)}>
                  {refused > 0 && !lost ? t('Show') : plural(waiting + refused, '{n} waiting', '{n} waiting')}
                </Button>
              )}
              {lost && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    hurryLive();
                    outgoing.hurry();
                  }}
                >
                  {t('Try now')}
                </Button>
              )}
            </span>
          </div>
        )}
      </div>
      {open && (
        <Suspense>
          <OutgoingList />
        </Suspense>
      )}
    </>
  );
}

/** A thin line above everything while an answer of the server lets itself be waited for. */
function OnItsWay({ since }: { since: number | null }) {
  const shown = useOlderThan(since, ON_ITS_WAY_MS);
  return shown ? <div className={classes.way} aria-hidden /> : null;
}
