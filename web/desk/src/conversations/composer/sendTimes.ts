import { comingTime } from '../../platform/instants';
import { t } from '../../platform/i18n';

function at(now: number, daysAhead: number, hour: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + daysAhead);
  date.setHours(hour, 0, 0, 0);
  return date;
}

/** Good moments to be read, from here: no "later today" late in the day, no Monday that is tomorrow. */
export function sendTimes(now: number): { label: string; at: string; when: string }[] {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const choices: [string, Date][] = [];
  if (new Date(now).getHours() < 16) choices.push([t('Later today'), at(now, 0, 18)]);
  choices.push([t('Tomorrow'), at(now, 1, 8)]);
  if (toMonday > 1) choices.push([t('Monday'), at(now, toMonday, 8)]);
  return choices.map(([label, date]) => ({ label, at: date.toISOString(), when: comingTime(date.toISOString(), now) }));
}
