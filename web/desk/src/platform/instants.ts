const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const exactly = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

function startOfDay(at: number): number {
  const date = new Date(at);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** Whole calendar days from `at` to `now`; rounding absorbs the hour that a clock change adds or takes. */
function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY);
}

/** For narrow places: "now", "3 min", "5 h", "yesterday", "Mon", "12 Mar", "12 Mar 2024". */
export function shortTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const age = now - at;
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  const days = daysBetween(at, now);
  if (days === 0) return `${Math.floor(age / HOUR)} h`;
  if (days === 1) return 'yesterday';
  if (days < 7) return weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at);
}

/** For a message's head: "just now", "3 min ago", "today 09:12", "yesterday 14:05", "Mon 14:05", "12 Mar 14:05". */
export function longTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const age = now - at;
  if (age >= 0 && age < MINUTE) return 'just now';
  if (age >= 0 && age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  return `${dayWord(at, now)} ${clock.format(at)}`;
}

/** The day alone, as in "customer since": "today", "yesterday", "12 Mar", "12 Mar 2024". */
export function dayOf(instant: string, now: number): string {
  const at = Date.parse(instant);
  const days = daysBetween(at, now);
  return days < 2
    ? dayWord(at, now)
    : new Date(at).getFullYear() === new Date(now).getFullYear()
      ? dayMonth.format(at)
      : dayMonthYear.format(at);
}

/** What is to come: "in 5 min", "today 17:00", "tomorrow 09:00", "Mon 09:00". */
export function comingTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const left = at - now;
  if (left <= 0) return 'now';
  if (left < MINUTE) return 'in less than a minute';
  if (left < HOUR) return `in ${Math.round(left / MINUTE)} min`;
  return `${dayWord(at, now)} ${clock.format(at)}`;
}

function dayWord(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days === -1) return 'tomorrow';
  if (Math.abs(days) < 7) return weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at);
}

/** How long someone has waited: "4 min", "3 h", "2 days". */
export function duration(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'less than a minute';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < 48 * HOUR) return `${Math.floor(milliseconds / HOUR)} h`;
  return `${Math.floor(milliseconds / DAY)} days`;
}

export function exactTime(instant: string): string {
  return exactly.format(Date.parse(instant));
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
