import { Button, Modal, TextInput } from '@mantine/core';
import { IconDownload, IconEraser } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { CustomerPanel } from '../api/types';
import { useCommands } from '../platform/commands';
import { post, reasonOf, urlOf } from '../platform/http';
import { t } from '../platform/i18n';
import { queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import classes from './PersonalData.module.css';

type Who = CustomerPanel['customer'];

const exportUrl = (who: Who) => urlOf(`/customers/${who.id}/export`);

function download(who: Who): void {
  const link = document.createElement('a');
  link.href = exportUrl(who);
  link.download = '';
  link.click();
}

/** What a person may ask for: a copy of all that is kept of them, and that it is erased. */
export default function PersonalData({ who }: { who: Who }) {
  const [erasing, setErasing] = useState(false);
  useCommands([
    {
      id: 'export-customer',
      label: t('Export the data of this customer'),
      group: 'Conversation',
      words: t('personal data privacy download copy'),
      icon: <IconDownload size={16} />,
      run: () => download(who),
    },
    {
      id: 'erase-customer',
      label: t('Erase this customer…'),
      group: 'Conversation',
      words: t('personal data privacy delete remove forget'),
      icon: <IconEraser size={16} />,
      run: () => setErasing(true),
    },
  ]);
  return (
    <section className={classes.part} aria-label={t('Personal data')}>
      <Button component="a" href={exportUrl(who)} download size="compact-sm" variant="subtle" leftSection={<IconDownload size={16} />}>
        {t('Export data')}
      </Button>
      <Button size="compact-sm" variant="subtle" leftSection={<IconEraser size={16} />} onClick={() => setErasing(true)}>
        {t('Erase…')}
      </Button>
      {erasing && <EraseCustomer who={who} onClose={() => setErasing(false)} />}
    </section>
  );
}

/** Nothing brings it back, so it takes more than a click. */
function EraseCustomer({ who, onClose }: { who: Who; onClose: () => void }) {
  const navigate = useNavigate();
  const { view = 'all' } = useParams({ strict: false });
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const wanted = who.identities[0]?.value ?? who.name ?? String(who.id);
  const matches = typed.trim().toLowerCase() === wanted.toLowerCase();
  const erase = async (event: FormEvent) => {
    event.preventDefault();
    if (!matches || busy) return;
    setBusy(true);
    try {
      const { searches } = await post<{ searches: string[] }>(`/customers/${who.id}/erasure`, { confirmation: typed.trim() });
      onClose();
      await navigate({ to: '/inbox/$view', params: { view } });
      const q = searches[0];
      toast(t('The customer is being erased'), {
        action: q === undefined ? undefined : { label: t('Find what others wrote of them'), run: () => void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q } }) },
      });
      await queryClient.invalidateQueries();
    } catch (error) {
      toastProblem(t('The customer could not be erased. {reason}', { reason: reasonOf(error) }));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('Erase this customer for good')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <form onSubmit={(event) => void erase(event)}>
        <p className={classes.hint}>
          {t('Erased are the customer, all their conversations with every message, note, draft and file, and their address wherever it stands among recipients. Nothing brings it back.')}
        </p>
        <p className={classes.hint}>
          {t('What others wrote of them stays. Backups keep them until they are overwritten. If they write again, they are a new customer.')}
        </p>
        <TextInput
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          label={t('Type {address} to confirm', { address: wanted })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.dialogActions}>
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" color="red" disabled={!matches} loading={busy}>
            {t('Erase for good')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
