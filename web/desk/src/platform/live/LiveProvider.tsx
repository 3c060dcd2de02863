import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ConversationRow, Fact } from '../../api/types';
import { touch, touchCustomer } from '../../conversations/freshen';
import { followReading } from '../../conversations/reading/reading';
import { announce } from '../announcer';
import { outgoing } from '../outgoing/outgoing';
import { sessionQuery } from '../../staff/session';
import { keys } from '../queries';
import { FactGatherer } from './facts';
import { forgetCompany, takeCompany } from './company';
import { sayAgain, tellThrough } from './whereabouts';
import { LiveClient, type LiveState, type Socket } from './liveClient';
import { plural, t } from '../i18n';

const LiveContext = createContext<LiveState>('connecting');

export const useLiveState = () => useContext(LiveContext);

let current: LiveClient | null = null;

/** The server may be back: do not sit out the wait. */
export function hurryLive(): void {
  current?.hurry();
}

function openSocket(): Socket {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(`${scheme}//${location.host}/api/v1/live`) as Socket;
}

/** One line per desk, for as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const gatherer = new FactGatherer(queryClient, { touch, touchCustomer }, (facts) => {
      const text = wordingOf(facts, (id) => queryClient.getQueryData<ConversationRow>(keys.conversation(id)));
      if (text) announce(text);
    });
    const client = new LiveClient(openSocket, {
      onFact: (fact) => followReading(fact) || gatherer.add(fact),
      onReset: () => void queryClient.invalidateQueries({ predicate: (query) => query.state.dataUpdateCount > 0 }),
      onState: (next) => {
        setState(next);
        // The server also hangs up where a second step is required from now on: the way leads to its set-up.
        if (next === 'lost')
          void queryClient.fetchQuery({ ...sessionQuery, staleTime: 0, retry: false }).then(
            ({ settingUp }) => (settingUp ? router.invalidate() : undefined),
            () => undefined,
          );
        if (next === 'live') {
          tellThrough((message) => client.say(message));
          outgoing.hurry();
          // What failed while the server was away heals by itself.
          void queryClient.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
        } else {
          tellThrough(null);
          forgetCompany();
        }
      },
      onCompany: takeCompany,
      onBeat: sayAgain,
    });
    const hurry = () => client.hurry();
    const onVisible = () => document.visibilityState === 'visible' && client.hurry();
    current = client;
    client.start();
    window.addEventListener('online', hurry);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', onVisible);
      gatherer.stop();
      tellThrough(null);
      client.stop();
    };
  }, [queryClient]);

  return <LiveContext value={state}>{children}</LiveContext>;
}

/** For ears only; the eye sees the list change. */
function wordingOf(facts: Fact[], find: (id: number) => ConversationRow | undefined): string | null {
  const received = facts.filter((fact) => fact.name === 'MessageReceived');
  const failed = facts.filter((fact) => fact.name === 'ReplyFailed');
  if (failed.length > 0) return plural(failed.length, 'A reply could not be delivered', '{n} replies could not be delivered');
  if (received.length === 0) return null;
  if (received.length > 1) return plural(received.length, '{n} new message', '{n} new messages');
  const conversation = find(received[0]?.conversationId ?? -1);
  const from = conversation?.customer.name ?? conversation?.customer.address;
  return from ? t('New message from {name}', { name: from }) : t('New message');
}
