import { t } from '../../platform/i18n';
import '../../platform/mantine-forms.css';
import { Button, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Message } from '../../api/types';
import { post } from '../../platform/http';
import { toast } from '../../platform/toasts';
import { useSaving } from '../../settings/useSaving';
import { useSession } from '../../staff/session';
import { parseRecipient } from '../composer/drafts';
import { PeopleField } from '../composer/Recipients';
import { UNDO_SECONDS, undoSend } from '../composer/sending';
import { touch } from '../freshen';
import classes from './SplitDialog.module.css';

/** Hands a mail to somebody else whose matter it is, unchanged, as if it had come to them. */
export function RedirectDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { agent } = useSession();
  const [to, setTo] = useState<string[]>([]);
  const { busy, save, reason, fields } = useSaving();
  const sender = message.from.name ?? message.from.address ?? t('the sender');
  const pass = async () => {
    const sent = await post<Message>(`/messages/${message.id}/redirects`, { to: to.map(parseRecipient), undoSeconds: UNDO_SECONDS });
    touch(message.conversationId, true);
    toast(t('Passed on'), {
      action: { label: t('Undo'), chord: 'z', run: () => void undoSend(sent, agent.id) },
      forMs: UNDO_SECONDS * 1_000,
    });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(pass).then((done) => done && onClose());
  };
  return (
    <Modal opened onClose={onClose} title={t('Pass on as it came')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <form onSubmit={onSubmit}>
        <p className={classes.hint}>
          {t('They get this mail unchanged, as from {sender}. What they answer goes to {sender}, not to this desk.', { sender })}
        </p>
        <PeopleField form label={t('To')} value={to} focus onChange={setTo} />
        {reason && (
          <p role="alert" className={classes.problem}>
            {fields.to ?? reason}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={to.length === 0}>
            {t('Pass on')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
