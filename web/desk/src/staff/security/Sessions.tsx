import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { OpenSession, Page } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { useCommands } from '../../platform/commands';
import { del, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { toast, toastProblem } from '../../platform/toasts';
import { Trouble } from '../../platform/Trouble';
import { Words } from '../../platform/Words';
import classes from '../../settings/Settings.module.css';
import { sessionsQuery } from './queries';

const PHONES = ['Android', 'iPhone', 'iPad'];

function nameOf({ browser, system }: OpenSession): string {
  if (browser && system) return t('{browser} on {system}', { browser, system });
  return browser ?? system ?? t('A browser we do not know');
}

/** Where the agent is signed in; each ends with a click. */
export function Sessions() {
  const query = useQuery(sessionsQuery);
  const queryClient = useQueryClient();
  const sessions = query.data?.items ?? [];
  const list = useRef<HTMLUListElement>(null);
  const others = sessions.filter((session) => !session.current);

  // They are gone at once; a refusal brings them back with its reason.
  const end = async (path: string, gone: (session: OpenSession) => boolean, done: string) => {
    // The button that was pressed goes with its line.
    list.current?.focus();
    await queryClient.cancelQueries({ queryKey: keys.sessions });
    const before = queryClient.getQueryData<Page<OpenSession>>(keys.sessions);
    queryClient.setQueryData<Page<OpenSession>>(keys.sessions, (old) => old && { ...old, items: old.items.filter((each) => !gone(each)) });
    try {
      await del(path);
      toast(done);
    } catch (error) {
      queryClient.setQueryData(keys.sessions, before);
      toastProblem(t('It could not be ended. {reason}', { reason: reasonOf(error) }));
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.sessions });
    }
  };
  const endOthers = () => void end('/me/sessions', (each) => !each.current, t('You are signed in here only'));

  useCommands(
    others.length > 0
      ? [{ id: 'end-sessions', label: t('Sign out everywhere else'), group: 'Desk', icon: <IconDeviceDesktop size={16} />, run: endOthers }]
      : [],
  );

  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Where you are signed in')}</h2>
      <p className={classes.lead}>{t('End what you do not know, and change your password then. A session ends by itself after 14 days without use.')}</p>
      {query.isError && !query.data ? (
        <Trouble error={query.error} what={t('your sessions')} retry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Bone width="100%" height={112} />
      ) : (
        <ul aria-label={t('Sessions')} ref={list} tabIndex={-1}>
          {sessions.map((session) => {
            const name = nameOf(session);
            const Icon = PHONES.includes(session.system ?? '') ? IconDeviceMobile : IconDeviceDesktop;
            return (
              <li key={session.id} className={classes.row}>
                <Icon size={20} aria-hidden />
                <div className={classes.grow}>
                  <p className="truncate">
                    <strong>{name}</strong>
                    {session.current && <span className={classes.quiet}> · {t('this one')}</span>}
                  </p>
                  <p className={classes.quiet}>
                    {!session.current && (
                      <>
                        <Words of={t('seen {time}')} time={<Time at={session.lastSeenAt} />} />
                        {' · '}
                      </>
                    )}
                    <Words of={t('signed in {time}')} time={<Time at={session.createdAt} />} />
                    {session.network && (
                      <>
                        {' · '}
                        <bdi>{session.network}</bdi>
                      </>
                    )}
                  </p>
                </div>
                {!session.current && (
                  <Button
                    variant="subtle"
                    color="red"
                    aria-label={t('End {name}', { name })}
                    onClick={() => void end(`/me/sessions/${session.id}`, (each) => each.id === session.id, t('{name} is signed out', { name }))}
                  >
                    {t('End it')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {others.length > 1 && (
        <Button variant="default" mt={16} onClick={endOthers}>
          {t('Sign out everywhere else')}
        </Button>
      )}
    </section>
  );
}
