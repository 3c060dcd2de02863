import { Button, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Conversation, ConversationRow } from '../../api/types';
import { plural, t } from '../../platform/i18n';
import { useFilter } from '../useListing';
import classes from './Moves.module.css';
import { link, merge, moving } from './moves';
import { OtherPicker } from './OtherPicker';
import { TakeOutDialog } from './TakeOutDialog';

const close = () => moving.set(null);

export default function MoveDialogs({ conversation }: { conversation: Conversation }) {
  const what = moving.use();
  if (what === 'takeOut') return <TakeOutDialog conversation={conversation} onClose={close} />;
  if (what === null) return null;
  return <OtherDialog key={what} what={what} conversation={conversation} />;
}

function OtherDialog({ what, conversation }: { what: 'merge' | 'link'; conversation: Conversation }) {
  const [other, setOther] = useState<ConversationRow | null>(null);
  const title = what === 'merge' ? t('Merge another conversation into this one') : t('Link with another conversation');
  return (
    <Modal opened onClose={close} title={title} size="lg" closeButtonProps={{ 'aria-label': t('Close') }}>
      {other === null ? (
        <OtherPicker of={conversation} onPick={setOther} />
      ) : what === 'merge' ? (
        <MergePreview one={conversation} other={other} back={() => setOther(null)} />
      ) : (
        <LinkChoice one={conversation} other={other} back={() => setOther(null)} />
      )}
    </Modal>
  );
}

const who = (row: ConversationRow) => row.customer.name ?? row.customer.address ?? t('Unknown');

interface Two {
  one: ConversationRow;
  other: ConversationRow;
  back: () => void;
}

/** What will be, before it is. */
function MergePreview({ one, other, back }: Two) {
  const [swapped, setSwapped] = useState(false);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const filter = useFilter();
  const [kept, gone] = swapped ? [other, one] : [one, other];
  const strangers = one.customer.id !== other.customer.id;
  const run = async () => {
    setBusy(true);
    if (await merge(kept.id, gone.id, strangers)) {
      close();
      if (swapped) {
        void navigate({
          to: '/inbox/$view/$conversationId',
          params: { view: filter.view, conversationId: String(kept.id) },
          search: { q: filter.q, brand: filter.brand },
        });
      }
    } else setBusy(false);
  };
  return (
    <>
      <p className={classes.hint} dir="auto">
        {t('#{number} {subject} is kept.', { number: kept.number, subject: kept.subject || t('No subject') })}{' '}
        {plural(kept.messageCount + gone.messageCount, 'It then has {n} message, in the order of time.', 'It then has {n} messages, in the order of time.')}{' '}
        {t('#{number} and mail to it lead there. Both are as before when you undo it.', { number: gone.number })}
      </p>
      {strangers && (
        <p className={classes.warn} dir="auto">
          {t(
            'They are of two customers. {kept} stays the customer; {gone} takes part. An answer goes only to whoever wrote last: look at the recipient before you send.',
            { kept: who(kept), gone: who(gone) },
          )}
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={back}>
          {t('Choose another')}
        </Button>
        <Button variant="default" onClick={() => setSwapped(!swapped)}>
          {t('Keep #{number} instead', { number: gone.number })}
        </Button>
        <Button data-autofocus autoFocus loading={busy} onClick={() => void run()}>
          {strangers ? t('Merge, with both customers') : t('Merge')}
        </Button>
      </div>
    </>
  );
}

function LinkChoice({ one, other, back }: Two) {
  const run = (relation: 'same' | 'continues') => {
    close();
    void link(one.id, other.id, relation);
  };
  return (
    <>
      <p className={classes.hint} dir="auto">
        #{other.number} {other.subject || t('No subject')}
      </p>
      <div className={classes.actions}>
        <Button variant="default" onClick={back}>
          {t('Choose another')}
        </Button>
        <Button variant="default" onClick={() => run('continues')}>
          {t('This one continues it')}
        </Button>
        <Button autoFocus onClick={() => run('same')}>
          {t('They are about the same')}
        </Button>
      </div>
    </>
  );
}
