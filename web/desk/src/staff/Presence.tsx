import type { ReactNode } from 'react';
import { t } from '../platform/i18n';
import { untilTime } from '../platform/instants';
import { type AgentPresence, type PresenceState, usePresenceOf } from '../platform/live/company';
import classes from './Presence.module.css';

export function presenceName(presence: PresenceState): string {
  switch (presence) {
    case 'online':
      return t('Online');
    case 'away':
      return t('Away');
    case 'off':
      return t('Off');
  }
}

/** "Away until 14:00"; nothing is added where they went away by themselves. */
export function presenceWords({ presence, availability, until }: AgentPresence): string {
  return until && availability === presence
    ? t('{presence} until {time}', { presence: presenceName(presence), time: untilTime(until, Date.now()) })
    : presenceName(presence);
}

/** What stands beside a name where one assigns or mentions. */
export function PresenceName({ agentId }: { agentId: number }) {
  const presence = usePresenceOf(agentId);
  return presence ? presenceName(presence) : null;
}

/** Decoration: the word stands beside the name. */
export function PresenceSign({ presence, alone }: { presence: PresenceState; alone?: boolean }) {
  return <span className={classes.sign} data-presence={presence} data-alone={alone || undefined} aria-hidden />;
}

/** A face with its sign at the corner. */
export function WithPresence({ agentId, children }: { agentId: number; children: ReactNode }) {
  const presence = usePresenceOf(agentId);
  return (
    <span className={classes.held}>
      {children}
      {presence && <PresenceSign presence={presence} />}
    </span>
  );
}
