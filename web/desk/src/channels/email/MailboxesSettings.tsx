import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Brand, MailAccount, Mailbox } from '../../api/types';
import { brandsQuery, useMailboxesOf } from '../../brands/queries';
import { del, post, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { ListBones } from '../../platform/ListBones';
import { keys } from '../../platform/queries';
import { toast, toastProblem } from '../../platform/toasts';
import { Trouble } from '../../platform/Trouble';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { AccountCard } from './AccountCard';
import { mailAccountsQuery } from './accounts';
import { ConnectMailbox } from './ConnectMailbox';
import classes from './Mailboxes.module.css';

const OUTCOMES: Record<string, string> = {
  get declined() { return t('You did not let Shopbell in. Nothing was changed.'); },
  get failed() { return t('The sign-in did not work: it was too old, or the provider refused it. Try again.'); },
};

/** The addresses of each brand, and the accounts behind them. */
export function MailboxesSettings() {
  const brands = useQuery(brandsQuery);
  const accounts = useQuery({
    ...mailAccountsQuery,
    // An import runs on without a word; what else happens, the live line tells.
    refetchInterval: ({ state }) =>
      state.data?.items.some((account) => account.state === 'importing' || account.state === 'connecting') ? 2_000 : false,
  });
  useEffect(() => {
    const outcome = new URLSearchParams(location.search).get('outcome');
    if (outcome === 'signed-in') toast(t('Signed in'));
    else if (outcome && OUTCOMES[outcome]) toastProblem(OUTCOMES[outcome]);
  }, []);
  const failed = brands.isError && !brands.data ? brands : accounts.isError && !accounts.data ? accounts : null;
  if (failed) return <Trouble error={failed.error} what={t('your mailboxes')} retry={() => void failed.refetch()} />;
  if (!brands.data || !accounts.data) return <ListBones />;
  return (
    <>
      <p className={settings.lead}>
        {t('A mailbox is an address of a brand. Connect the account behind it and Shopbell reads it and answers from it; or forward its mail here by SMTP.')}
      </p>
      {brands.data.items.map((brand) => (
        <BrandMailboxes key={brand.id} brand={brand} accounts={accounts.data.items} />
      ))}
    </>
  );
}

function BrandMailboxes({ brand, accounts }: { brand: Brand; accounts: MailAccount[] }) {
  const queryClient = useQueryClient();
  const mailboxes = useMailboxesOf(brand.id);
  const [connecting, setConnecting] = useState<string | null>(null);
  const remove = async (mailbox: Mailbox) => {
    try {
      await del(`/mailboxes/${mailbox.id}`);
      toast(t('{address} removed', { address: mailbox.address }), {
        action: { label: t('Undo'), chord: 'z', run: () => void post('/mailboxes', { brandId: brand.id, address: mailbox.address }) },
      });
    } catch (error) {
      toastProblem(t('The mailbox could not be removed. {reason}', { reason: reasonOf(error) }));
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.mailboxes });
    }
  };
  return (
    <section className={settings.section} aria-label={brand.name}>
      <div className={settings.bar}>
        <h2 className={`${settings.sectionTitle} ${settings.grow} truncate`} dir="auto">
          {brand.name}
        </h2>
        {connecting === null && <Button onClick={() => setConnecting('')}>{t('Connect a mailbox')}</Button>}
      </div>
      {connecting === '' && <ConnectMailbox brand={brand} address="" close={() => setConnecting(null)} />}
      {mailboxes.length === 0 && (
        <p className={settings.lead}>{t('No address yet: with a single brand, mail to any address is taken in. Add one, and only listed ones are.')}</p>
      )}
      <ul aria-label={t('Mailboxes of {name}', { name: brand.name })}>
        {mailboxes.map((mailbox) => {
          const account = accounts.find((each) => each.mailboxId === mailbox.id);
          return (
            <li key={mailbox.id} className={classes.box}>
              <div className={classes.head}>
                <strong className={`truncate ${settings.grow}`}>{mailbox.address}</strong>
                {!account && (
                  <>
                    <span className={settings.quiet}>{t('by SMTP only')}</span>
                    {connecting === null && (
                      <Button variant="default" size="compact-md" onClick={() => setConnecting(mailbox.address)} aria-label={t('Connect {address}', { address: mailbox.address })}>
                        {t('Connect')}
                      </Button>
                    )}
                    <ActionIcon aria-label={t('Remove {address}', { address: mailbox.address })} onClick={() => void remove(mailbox)}>
                      <IconTrash size={16} />
                    </ActionIcon>
                  </>
                )}
              </div>
              {account && <AccountCard account={account} />}
              {connecting === mailbox.address && !account && (
                <ConnectMailbox brand={brand} address={mailbox.address} close={() => setConnecting(null)} />
              )}
            </li>
          );
        })}
      </ul>
      <AnotherAddress brand={brand} />
    </section>
  );
}

function AnotherAddress({ brand }: { brand: Brand }) {
  const queryClient = useQueryClient();
  const [address, setAddress] = useState('');
  const { busy, save, reason, fields } = useSaving();
  return (
    <form
      className={settings.bar}
      style={{ paddingTop: 12, alignItems: 'flex-end', maxWidth: 600 }}
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          await post('/mailboxes', { brandId: brand.id, address: address.trim() });
          await queryClient.invalidateQueries({ queryKey: keys.mailboxes });
        }).then((done) => done && setAddress(''));
      }}
    >
      <TextInput
        className={settings.grow}
        label={t('Another address')}
        description={t('Its mail is forwarded here by SMTP.')}
        type="email"
        required
        withAsterisk={false}
        value={address}
        error={fields.address ?? reason}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy}>
        {t('Add')}
      </Button>
    </form>
  );
}
