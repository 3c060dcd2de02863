import { put, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { untilTime } from '../platform/instants';
import { type AgentPresence, presenceOf, type PresenceState, takeCompany } from '../platform/live/company';
import { toast, toastProblem } from '../platform/toasts';

export interface AvailabilityChoice {
  id: string;
  availability: PresenceState;
  until: string | null;
}

function at(now: number, days: number, hour: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.toISOString();
}

/** What makes sense from here. */
export function choicesFrom(now: number): AvailabilityChoice[] {
  const later = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  return [
    { id: 'online', availability: 'online', until: null },
    { id: 'away', availability: 'away', until: null },
    { id: 'away-30', availability: 'away', until: later(30) },
    { id: 'away-60', availability: 'away', until: later(60) },
    { id: 'away-tomorrow', availability: 'away', until: at(now, 1, 9) },
    { id: 'off', availability: 'off', until: null },
    { id: 'off-tomorrow', availability: 'off', until: at(now, 1, 9) },
  ];
}

export function choiceWords({ availability, until }: Pick<AvailabilityChoice, 'availability' | 'until'>): string {
  if (until) {
    const time = untilTime(until, Date.now());
    return availability === 'away' ? t('Away until {time}', { time }) : t('Off until {time}', { time });
  }
  return { online: t('Online'), away: t('Away'), off: t('Off') }[availability];
}

function show(presence: AgentPresence): void {
  takeCompany({ type: 'company', whole: false, agents: [presence], conversations: [] });
}

/** Shown at once; the server confirms behind it. */
export async function choose(agentId: number, availability: PresenceState, until: string | null, quiet = false): Promise<void> {
  const before = presenceOf(agentId);
  show({ agentId, presence: availability, availability, until });
  try {
    show(await put<AgentPresence>('/me/presence', { availability, until }));
    if (quiet) return;
    toast(
      availability === 'online' ? t('Colleagues see you as online') : t('Colleagues see you as: {presence}', { presence: choiceWords({ availability, until }) }),
      before && {
        action: { label: t('Undo'), chord: 'z', run: () => void choose(agentId, before.availability, before.until, true) },
      },
    );
  } catch (error) {
    if (before) show(before);
    toastProblem(t('This could not be changed. {reason}', { reason: reasonOf(error) }));
  }
}
