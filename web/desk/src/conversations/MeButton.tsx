import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { t } from '../platform/i18n';
import { useAgentPresence } from '../platform/live/company';
import { useLiveState } from '../platform/live/LiveProvider';
import { AgentFace } from '../staff/AgentFace';
import { presenceWords } from '../staff/Presence';
import { useSession } from '../staff/session';
import classes from './ViewsPane.module.css';

const LIVE_WORDS = {
  get live() { return t('Live'); },
  get connecting() { return t('Connecting…'); },
  get lost() { return t('Not connected'); },
};

/** How the agent is there, as colleagues see it; how the line is, where that is what matters. */
export function useOwnState(): string {
  const { agent } = useSession();
  const live = useLiveState();
  const mine = useAgentPresence(agent.id);
  return live === 'live' && mine ? presenceWords(mine) : LIVE_WORDS[live];
}

interface Props extends ComponentPropsWithRef<'button'> {
  slim: boolean;
}

/** The agent at the foot of the views. Its menu comes once the first page stands. */
export function MeButton({ slim, ...button }: Props) {
  const { agent } = useSession();
  const live = useLiveState();
  const state = useOwnState();
  return (
    <UnstyledButton {...button} className={classes.me}>
      <span className={classes.face}>
        <AgentFace agent={agent} size={28} />
        {live !== 'live' && <span className={classes.live} data-state={live} title={state} />}
      </span>
      <span className={slim ? 'visually-hidden' : `truncate ${classes.label}`} dir="auto">
        {agent.name}
      </span>
      <span className="visually-hidden">, {t('your menu')}. {state}</span>
    </UnstyledButton>
  );
}
