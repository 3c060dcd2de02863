import { t } from '../../platform/i18n';
import { comingTime } from '../../platform/instants';

function at(now: number, daysAhead: number, hour: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + daysAhead);
  date.setHours(hour, 0, 0, 0);
  return date;
}

/** Good moments to be read, from here: no "this evening" late in the day, no Monday that is tomorrow. */
export function sendTimes(now: number): { label: string; at: string; when: string }[] {
  const today = new Date(now);
  const toMonday = (8 - today.getDay()) % 7 || 7;
  const choices: [string, Date][] = [[t('In an hour'), new Date(now + 3_600_000)]];
  if (today.getHours() < 12) choices.push([t('This afternoon'), at(now, 0, 14)]);
  if (today.getHours() < 16) choices.push([t('This evening'), at(now, 0, 18)]);
  choices.push([t('Tomorrow morning'), at(now, 1, 8)]);
  choices.push([t('Tomorrow afternoon'), at(now, 1, 14)]);
  if (toMonday > 1) choices.push([t('Monday morning'), at(now, toMonday, 8)]);
  return choices.map(([label, date]) => ({ label, at: date.toISOString(), when: comingTime(date.toISOString(), now) }));
}
