import { IconCalendarEvent, IconLock, IconWritingSign } from '@tabler/icons-react';
import type { Message } from '../../api/types';
import { locale, plural, t } from '../../platform/i18n';
import messageClasses from './Message.module.css';
import classes from './MessageMarks.module.css';

type Appointment = NonNullable<Message['appointment']>;

const METHODS: Record<Appointment['method'], string> = {
  get request() { return t('Invitation'); },
  get cancel() { return t('Cancelled'); },
  get accepted() { return t('Accepted'); },
  get declined() { return t('Declined'); },
  get tentative() { return t('Perhaps'); },
  get counter() { return t('Another time proposed'); },
  get publish() { return t('Appointment'); },
};

/** What a mail carries beside its words. An invitation shows itself. */
export function MessageMarks({ message }: { message: Message }) {
  return (
    <>
      {message.marks.includes('encrypted') && (
        <span className={messageClasses.badge} data-tone="warn" title={t('Only who has the key can read it. What came is attached.')}>
          <IconLock size={14} aria-hidden /> {t('Encrypted')}
        </span>
      )}
      {message.marks.includes('signed') && (
        <span className={messageClasses.badge} title={t('The mail bears a digital signature. Shopbell has not checked it.')}>
          <IconWritingSign size={14} aria-hidden /> {t('Signed')}
        </span>
      )}
    </>
  );
}

/** In the time zone of whoever looks; where the appointment names none, as it stands there. */
export function when({ start, end, wholeDay, zone }: Appointment): string | null {
  if (!start) return null;
  const timeZone = wholeDay || !zone ? 'UTC' : undefined;
  const day = new Intl.DateTimeFormat(locale(), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone });
  const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone });
  const from = new Date(start);
  // A whole day ends at the midnight after it.
  const to = end ? new Date(Date.parse(end) - (wholeDay ? 1 : 0)) : from;
  const oneDay = day.format(from) === day.format(to);
  if (wholeDay) return oneDay ? day.format(from) : `${day.format(from)} – ${day.format(to)}`;
  const begins = `${day.format(from)}, ${time.format(from)}`;
  const ends = !end ? '' : oneDay ? `–${time.format(to)}` : ` – ${day.format(to)}, ${time.format(to)}`;
  return begins + ends + (zone ? '' : ` ${t('(no time zone given)')}`);
}

export function AppointmentCard({ message }: { message: Message }) {
  const { appointment } = message;
  if (!appointment) return null;
  const at = when(appointment);
  const file = message.attachments.find((each) => each.contentType === 'text/calendar');
  return (
    <section className={classes.card} aria-label={METHODS[appointment.method]} data-cancelled={appointment.method === 'cancel' || undefined}>
      <IconCalendarEvent size={20} aria-hidden />
      <div className={classes.facts}>
        <p className={classes.title} dir="auto">
          <span className={classes.method}>{METHODS[appointment.method]}:</span> <span className={classes.name}>{appointment.title}</span>
        </p>
        {at && (
          <p>
            <time dateTime={appointment.start ?? undefined}>{at}</time>
            {appointment.repeats && `, ${t('repeated')}`}
          </p>
        )}
        {appointment.place && <p dir="auto">{appointment.place}</p>}
        {(appointment.organiser || appointment.attendees > 0) && (
          <p className={classes.people} dir="auto">
            {appointment.organiser}
            {appointment.organiser && appointment.attendees > 0 && ' · '}
            {appointment.attendees > 0 && plural(appointment.attendees, '{n} invited', '{n} invited')}
          </p>
        )}
        {file && (
          <a href={`${file.url}?download=true`} download={file.name}>
            {t('Add to a calendar')}
          </a>
        )}
      </div>
    </section>
  );
}
