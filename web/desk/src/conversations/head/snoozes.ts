import { comingTime } from '../../platform/instants';
import { t } from '../../platform/i18n';

export interface Snooze {
  id: string;
  label: string;
  /** Null: until the customer writes, which wakes it in any case. */
  until: string | null;
  when?: string;
  /** By which it is found as well. */
  words?: string;
}

const MORNING = 9;
const EVENING = 18;

function at(now: number, daysAhead: number, hour: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + daysAhead);
  date.setHours(hour, 0, 0, 0);
  return date;
}

/** Moments that make sense from here: no "this evening" in the evening, no "tomorrow" that is also "Monday". */
export function snoozesFrom(now: number): Snooze[] {
  const today = new Date(now);
  const toMonday = (8 - today.getDay()) % 7 || 7;
  const choices: [string, string, Date][] = [['3h', t('In 3 hours'), new Date(now + 3 * 3_600_000)]];
  if (today.getHours() < EVENING - 2) choices.push(['evening', t('This evening'), at(now, 0, EVENING)]);
  choices.push(['tomorrow', t('Tomorrow morning'), at(now, 1, MORNING)]);
  choices.push(['2days', t('In two days'), at(now, 2, MORNING)]);
  if (toMonday > 2) choices.push(['monday', t('Next Monday'), at(now, toMonday, MORNING)]);
  choices.push(['week', t('In a week'), at(now, 7, MORNING)]);
  choices.push(['2weeks', t('In two weeks'), at(now, 14, MORNING)]);
  choices.push(['month', t('In a month'), at(now, 30, MORNING)]);
  return [
    ...choices.map(([id, label, date]) => ({ id, label, until: date.toISOString(), when: comingTime(date.toISOString(), now) })),
    { id: 'reply', label: t('Until they reply'), until: null, words: t('customer answer writes') },
  ];
}
