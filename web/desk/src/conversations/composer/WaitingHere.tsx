import { t } from '../../platform/i18n';
import { useOutgoing } from '../../platform/outgoing/outgoing';
import { OutgoingEntry } from '../../platform/outgoing/OutgoingEntry';
import classes from '../../platform/outgoing/OutgoingList.module.css';

/** Above the composer: what was written here and waits for the server. */
export function WaitingHere({ conversationId }: { conversationId: number }) {
  const entries = useOutgoing().filter((each) => each.conversationId === conversationId && each.state !== 'sending');
  if (entries.length === 0) return null;
  return (
    <ol className={classes.strip} aria-label={t('Waiting to be sent')}>
      {entries.map((entry) => (
        <OutgoingEntry key={entry.key} entry={entry} />
      ))}
    </ol>
  );
}
