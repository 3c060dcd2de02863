import { Button } from '@mantine/core';
import { t } from '../i18n';
import { Time } from '../Time';
import { toast } from '../toasts';
import { listOpen } from './listOpen';
import { outgoing } from './outgoing';
import classes from './OutgoingList.module.css';
import type { Entry } from './queue';

/** How an entry of a kind is written on: its words go back to where they were written. */
const editors = new Map<string, (entry: Entry) => void>();

export function offerEditing(kind: string, edit: (entry: Entry) => void): void {
  editors.set(kind, edit);
}

function withoutSeen(body: unknown): unknown {
  const { seen: _seen, ...rest } = body as Record<string, unknown>;
  return rest;
}

/** One thing that waits, or was refused, and what can be done with it. */
export function OutgoingEntry({ entry }: { entry: Entry }) {
  const edit = editors.get(entry.kind);
  const refused = entry.state === 'refused';
  const remove = () => {
    const taken = outgoing.take(entry.key);
    if (taken) toast(t('It is not sent'), { action: { label: t('Undo'), chord: 'z', run: () => outgoing.put(taken) } });
  };
  return (
    <li className={classes.entry}>
      <div className={classes.text}>
        <p className="truncate" dir="auto">
          <strong>{entry.what}</strong>
        </p>
        {entry.excerpt && (
          <p className="truncate" dir="auto">
            {entry.excerpt}
          </p>
        )}
        {refused ? (
          <p className={classes.bad}>
            {t('Not sent:')} {entry.reason}
          </p>
        ) : (
          <p className={classes.quiet}>
            {entry.state === 'sending' ? t('On its way…') : t('Waiting to be sent')} · <Time at={new Date(entry.at).toISOString()} />
          </p>
        )}
      </div>
      {entry.state !== 'sending' && (
        <span className={classes.actions}>
          {refused && (
            <Button size="compact-sm" onClick={() => outgoing.again(entry.key, entry.field === 'seen' ? withoutSeen(entry.body) : entry.body)}>
              {entry.field === 'seen' ? t('Send anyway') : t('Try again')}
            </Button>
          )}
          {edit && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                const taken = outgoing.take(entry.key);
                listOpen.set(false);
                if (taken) edit(taken);
              }}
            >
              {t('Edit')}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={remove}>
            {t('Remove')}
          </Button>
        </span>
      )}
    </li>
  );
}
