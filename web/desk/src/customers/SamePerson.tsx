import { Button, Modal, Radio, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Customer, CustomerPanel } from '../api/types';
import { useCommands, when } from '../platform/commands';
import { t } from '../platform/i18n';
import { Time } from '../platform/Time';
import { useSession } from '../staff/session';
import { mergeCustomers, notTheSame, undoCustomerMerge } from './merges';
import classes from './SamePerson.module.css';

export type Evidence = CustomerPanel['parts']['samePerson']['duplicates'][number]['evidence'][number];

export function evidenceWords(evidence: Evidence): string {
  switch (evidence) {
    case 'same_mailbox':
      return t('both addresses reach the same mailbox');
    case 'near_address':
      return t('the same name, and addresses that differ by a typing error');
    case 'same_local_part':
      return t('the same name, and the same address at another provider');
    case 'same_company':
      return t('the same name at the same company');
    case 'bounced':
      return t('mail to one of the addresses comes back');
  }
}

/** Who may be the same person, and who has been made one. */
export function SamePerson({ panel }: { panel: CustomerPanel }) {
  const { may } = useSession();
  const [merging, setMerging] = useState<Customer | null>(null);
  const allowed = may('customers:change');
  const { duplicates, merges } = panel.parts.samePerson;
  const first = duplicates[0];
  useCommands(
    when(
      allowed && first !== undefined,
      {
        id: 'merge-customer',
        label: t('Merge the customer with {name}…', { name: first?.customer.name ?? first?.customer.address ?? '' }),
        group: 'Conversation',
        words: t('duplicate same person'),
        run: () => first && setMerging(first.customer),
      },
      {
        id: 'not-the-same',
        label: t('Not the same as {name}', { name: first?.customer.name ?? first?.customer.address ?? '' }),
        group: 'Conversation',
        words: t('duplicate same person'),
        run: () => first && void notTheSame(panel.customer.id, first.customer.id),
      },
    ),
  );
  if (duplicates.length === 0 && merges.length === 0) return null;
  return (
    <section className={classes.part} aria-label={t('The same person')}>
      {duplicates.map(({ customer, evidence, strength }) => (
        <div key={customer.id} className={classes.one}>
          <p className={classes.who} dir="auto">
            {strength === 'strong' ? t('Very likely the same as') : t('May be the same as')}{' '}
            <strong>{customer.name ?? customer.address}</strong>
            {customer.name && customer.address && <span className={classes.address}> {customer.address}</span>}
          </p>
          <p className={classes.why}>{evidence.map(evidenceWords).join('; ')}</p>
          {allowed && (
            <div className={classes.actions}>
              <Button size="compact-sm" variant="default" onClick={() => setMerging(customer)}>
                {t('Merge…')}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => void notTheSame(panel.customer.id, customer.id)}>
                {t('Not the same')}
              </Button>
            </div>
          )}
        </div>
      ))}
      {merges.map((merge) => (
        <p key={merge.id} className={classes.why} dir="auto">
          {t('Merged with {name}', { name: merge.name ?? merge.address ?? t('Unknown') })} <Time at={merge.mergedAt} as="day" />
          {allowed && (
            <Button size="compact-sm" variant="subtle" onClick={() => void undoCustomerMerge(panel.customer.id, merge.id)}>
              {t('Undo')}
            </Button>
          )}
        </p>
      ))}
      {allowed && duplicates.length > 0 && (
        <Link to="/customers/duplicates" className={classes.all}>
          {t('All who may be the same')}
        </Link>
      )}
      {merging && <MergeCustomers panel={panel} other={merging} onClose={() => setMerging(null)} />}
    </section>
  );
}

/** Side by side: which name and which address both have from now on. */
function MergeCustomers({ panel, other, onClose }: { panel: CustomerPanel; other: Customer; onClose: () => void }) {
  const kept = panel.customer;
  const [name, setName] = useState(kept.name ?? other.name);
  const [address, setAddress] = useState(kept.address ?? other.address);
  const [busy, setBusy] = useState(false);
  const names = [...new Set([kept.name, other.name])].filter((each): each is string => each !== null);
  const addresses = [...new Set([kept.address, other.address])].filter((each): each is string => each !== null);
  const run = async () => {
    setBusy(true);
    if (await mergeCustomers(kept.id, other.id, name, address)) onClose();
    else setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t('Make them one customer')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <p className={classes.hint}>
        {t('All addresses and conversations of both are in one place. Undone, each has its own again, also what came since.')}
      </p>
      <Stack>
        {names.length > 1 && (
          <Radio.Group label={t('Name')} value={name} onChange={setName}>
            {names.map((each) => (
              <Radio key={each} mt={8} value={each} label={<span dir="auto">{each}</span>} />
            ))}
          </Radio.Group>
        )}
        {addresses.length > 1 && (
          <Radio.Group label={t('Address that lists show')} value={address} onChange={setAddress}>
            {addresses.map((each) => (
              <Radio key={each} mt={8} value={each} label={each} />
            ))}
          </Radio.Group>
        )}
      </Stack>
      <div className={classes.dialogActions}>
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button data-autofocus loading={busy} onClick={() => void run()}>
          {t('Merge')}
        </Button>
      </div>
    </Modal>
  );
}
