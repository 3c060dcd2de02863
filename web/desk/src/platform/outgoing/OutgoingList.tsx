import { Modal } from '@mantine/core';
import { t } from '../i18n';
import { listOpen } from './listOpen';
import { useOutgoing } from './outgoing';
import { OutgoingEntry } from './OutgoingEntry';
import classes from './OutgoingList.module.css';

/** Everything that waits to be sent, in the order in which it goes out. Fetched before it is asked for: then the line is down. */
export default function OutgoingList() {
  const entries = useOutgoing();
  return (
    <Modal opened onClose={() => listOpen.set(false)} size={560} title={t('Waiting to be sent')} closeButtonProps={{ 'aria-label': t('Close') }}>
      {entries.length === 0 ? (
        <p className={classes.empty}>{t('Everything has been sent.')}</p>
      ) : (
        <ol className={classes.list} aria-label={t('Waiting to be sent')}>
          {entries.map((entry) => (
            <OutgoingEntry key={entry.key} entry={entry} />
          ))}
        </ol>
      )}
    </Modal>
  );
}
