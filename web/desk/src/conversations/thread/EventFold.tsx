import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConversationEvent } from '../../api/types';
import { Time } from '../../platform/Time';
import { plural } from '../../platform/i18n';
import { describeEvent } from './describe';
import classes from './EventFold.module.css';

function EventLine({ event }: { event: ConversationEvent }) {
  return (
    <span className={classes.event}>
      <span className={classes.words} dir="auto">
        {describeEvent(event)}
      </span>
      <span className={classes.time}>
        <Time at={event.at} />
      </span>
    </span>
  );
}

/** What happened between two messages; more than two of it fold into one line. */
export function EventFold({ events }: { events: ConversationEvent[] }) {
  const [open, setOpen] = useState(false);
  if (events.length <= 2) {
    return (
      <ul className={classes.fold}>
        {events.map((event) => (
          <li key={event.id}>
            <EventLine event={event} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className={classes.fold}>
      <button type="button" className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        {plural(events.length, '{n} change', '{n} changes')}
      </button>
      {open && (
        <ul>
          {events.map((event) => (
            <li key={event.id}>
              <EventLine event={event} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
