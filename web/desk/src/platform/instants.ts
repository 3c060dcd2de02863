import { locale, plural, t } from './i18n';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Formats = ReturnType<typeof formatsOf>;

function formatsOf(tag: string) {
  return {
    tag,
    clock: new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' }),
    weekday: new Intl.DateTimeFormat(tag, { weekday: 'short' }),
    dayMonth: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }),
    dayMonthYear: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' }),
    longDay: new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }),
    longDayYear: new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    exactly: new Intl.DateTimeFormat(tag, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    }),
    relative: new Intl.RelativeTimeFormat(tag, { style: 'short', numeric: 'auto' }),
    oneDigit: new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
}

let made: Formats | null = null;

/** Made once for each language: making them takes longer than using them. */
function formats(): Formats {
  const tag = locale();
  if (made?.tag !== tag) made = formatsOf(tag);
  return made;
}

function startOfDay(at: number): number {
  const date = new Date(at);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** Whole calendar days from `at` to `now`; rounding absorbs the hour that a clock change adds or takes. */
function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY);
}

function date(at: number, now: number): string {
  const { dayMonth, dayMonthYear } = formats();
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayMonth : dayMonthYear).format(at);
}

const minutes = (n: number) => t('{n} min', { n });
const hours = (n: number) => t('{n} h', { n });

/** For narrow places: "now", "3 min", "5 h", "yesterday", "Mon", "12 Mar", "12 Mar 2024". */
export function shortTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const age = now - at;
  if (age < MINUTE) return t('now');
  if (age < HOUR) return minutes(Math.floor(age / MINUTE));
  const days = daysBetween(at, now);
  if (days === 0) return hours(Math.floor(age / HOUR));
  if (days === 1) return formats().relative.format(-1, 'day');
  if (days < 7) return formats().weekday.format(at);
  return date(at, now);
}

/** For a message's head: "just now", "3 min ago", "today 09:12", "yesterday 14:05", "Mon 14:05", "12 Mar 14:05". */
export function longTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const age = now - at;
  if (age >= 0 && age < MINUTE) return t('just now');
  if (age >= 0 && age < HOUR) return formats().relative.format(-Math.floor(age / MINUTE), 'minute');
  return `${dayWord(at, now)} ${formats().clock.format(at)}`;
}

/** The day alone, as in "customer since": "today", "yesterday", "12 Mar", "12 Mar 2024". */
export function dayOf(instant: string, now: number): string {
  const at = Date.parse(instant);
  return daysBetween(at, now) < 2 ? dayWord(at, now) : date(at, now);
}

/** What is to come: "in 5 min", "today 17:00", "tomorrow 09:00", "Mon 09:00". */
export function comingTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const left = at - now;
  if (left <= 0) return t('now');
  if (left < MINUTE) return t('in less than a minute');
  if (left < HOUR) return formats().relative.format(Math.round(left / MINUTE), 'minute');
  return `${dayWord(at, now)} ${formats().clock.format(at)}`;
}

/** After "until": "17:00", "tomorrow 09:00", "Mon 09:00". */
export function untilTime(instant: string, now: number): string {
  const at = Date.parse(instant);
  const clock = formats().clock.format(at);
  return daysBetween(at, now) === 0 ? clock : `${dayWord(at, now)} ${clock}`;
}

function dayWord(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (Math.abs(days) < 2) return formats().relative.format(-days, 'day');
  if (Math.abs(days) < 7) return formats().weekday.format(at);
  return date(at, now);
}

/** Above a day's messages: "Today", "Yesterday", "Wednesday 12 March", "Wednesday 12 March 2024". */
export function dayTitle(instant: string, now: number): string {
  const at = Date.parse(instant);
  const days = daysBetween(at, now);
  if (days === 0) return t('Today');
  if (days === 1) return t('Yesterday');
  const { longDay, longDayYear } = formats();
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? longDay : longDayYear).format(at);
}

/** How long someone has waited: "4 min", "3 h", "2 days". */
export function duration(milliseconds: number): string {
  if (milliseconds < MINUTE) return t('less than a minute');
  if (milliseconds < HOUR) return minutes(Math.floor(milliseconds / MINUTE));
  if (milliseconds < 48 * HOUR) return hours(Math.floor(milliseconds / HOUR));
  return plural(Math.floor(milliseconds / DAY), '{n} day', '{n} days');
}

export function exactTime(instant: string): string {
  return formats().exactly.format(Date.parse(instant));
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return t('{n} B', { n: bytes });
  if (bytes < 1024 * 1024) return t('{n} kB', { n: Math.round(bytes / 1024) });
  return t('{n} MB', { n: formats().oneDigit.format(bytes / 1024 / 1024) });
}
