import { Button } from '@mantine/core';
import { useState } from 'react';
import classes from './Composer.module.css';

interface Props {
  label: string;
  action: string;
  /** An instant in the future. */
  onPick: (at: string) => void;
}

/** The next full hour, as the field writes it. */
function nextHour(): string {
  const at = new Date(Date.now() + 3_600_000);
  at.setMinutes(0, 0, 0);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:00`;
}

const two = (n: number) => String(n).padStart(2, '0');

/** A time of one's own. */
export function WhenPicker({ label, action, onPick }: Props) {
  const [picked, setPicked] = useState(nextHour);
  const ready = Date.parse(picked) > Date.now();
  return (
    <form
      className={classes.pick}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (ready) onPick(new Date(picked).toISOString());
      }}
      // The menu would walk its items with the arrows, which here turn the hours.
      onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
    >
      <input
        type="datetime-local"
        aria-label={label}
        autoFocus
        data-autofocus
        className={classes.pickTime}
        value={picked}
        onChange={(event) => setPicked(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={!ready}>
        {action}
      </Button>
    </form>
  );
}
