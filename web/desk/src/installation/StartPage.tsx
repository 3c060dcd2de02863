import { t, useLanguage } from '../platform/i18n';
import '../platform/mantine-forms.css';
import { Button, TextInput } from '@mantine/core';
import { IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { Brand, Installation, InvitationLink } from '../api/types';
import { brandsQuery, useMailboxesOf } from '../brands/queries';
import { CopyBox } from '../platform/CopyText';
import { patch } from '../platform/http';
import { announce } from '../platform/announcer';
import { ListBones } from '../platform/ListBones';
import { keys } from '../platform/queries';
import { Trouble } from '../platform/Trouble';
import { FreshLink, InviteForm } from '../staff/PeopleSettings';
import { useSaving } from '../settings/useSaving';
import { Words } from '../platform/Words';
import { installationQuery, stepsDone } from './queries';
import { RELAY_SETTING } from './relay';
import classes from './StartPage.module.css';

/** From nothing to the first answered mail. Each step turns to done by itself. */
export function StartPage() {
  useLanguage();
  // The live line tells of mail; asking again now and then covers a line that is down just now.
  const installation = useQuery({ ...installationQuery, refetchInterval: 15_000, staleTime: 0 });
  const brands = useQuery(brandsQuery);
  const data = installation.data;
  const brand = brands.data?.items[0];
  useEffect(() => {
    if (data?.progress.firstMailReceived) announce(t('The first mail has arrived'));
  }, [data?.progress.firstMailReceived]);
  return (
    <main id="main" tabIndex={-1} className={classes.page}>
      <div className={classes.content}>
        <h1 className={classes.title}>{t('Getting started')}</h1>
        {installation.isError && !data ? (
          <Trouble error={installation.error} what={t('the first steps')} retry={() => void installation.refetch()} />
        ) : data && brand ? (
          <Steps installation={data} brand={brand} />
        ) : (
          <ListBones rows={5} />
        )}
      </div>
    </main>
  );
}

function Steps({ installation, brand }: { installation: Installation; brand: Brand }) {
  const { progress, mail } = installation;
  const { done, of } = stepsDone(installation);
  const finished = done === of;
  const current = !progress.brandNamed ? 1 : !progress.firstMailReceived ? 2 : mail.relay === null ? 3 : !progress.firstReplySent ? 4 : 5;
  return (
    <>
      <p className={classes.lead}>
        {finished
          ? t('All done. Your desk is ready for its first day.')
          : t('Five small steps to your first answered mail. Do them in any order, or come back later.')}
      </p>
      <ol className={classes.steps}>
        <Step n={1} title={t('Name your shop')} done={progress.brandNamed} current={current === 1}>
          <NameBrand brand={brand} />
        </Step>
        <Step n={2} title={t('Receive a mail')} done={progress.firstMailReceived} current={current === 2}>
          <ReceiveMail installation={installation} brand={brand} />
        </Step>
        <Step n={3} title={t('Set up sending')} done={mail.relay !== null} current={current === 3}>
          <Sending relay={mail.relay} />
        </Step>
        <Step n={4} title={t('Answer it')} done={progress.firstReplySent} current={current === 4}>
          <p>
            <Words
              of={t('Open the mail, press {reply}, write, and send with {ctrl} or {command} {enter}. You have ten seconds to change your mind.')}
              reply={<kbd>R</kbd>}
              ctrl={<kbd>{t('Ctrl')}</kbd>}
              command={<kbd>⌘</kbd>}
              enter={<kbd>↵</kbd>}
            />
          </p>
          <Button component={Link} to="/inbox/open" variant="default" rightSection={<IconArrowRight size={16} />}>
            {t('Open the inbox')}
          </Button>
        </Step>
        <Step n={5} title={t('Invite a colleague')} done={progress.teamInvited} current={current === 5}>
          <Invite />
        </Step>
      </ol>
      <Leave finished={finished} />
    </>
  );
}

function Leave({ finished }: { finished: boolean }) {
  const navigate = useNavigate();
  return (
    <Button
      variant={finished ? 'filled' : 'subtle'}
      rightSection={<IconArrowRight size={16} />}
      onClick={() => void navigate({ to: '/inbox/$view', params: { view: 'open' } })}
    >
      {finished ? t('Go to the inbox') : t('Look around first')}
    </Button>
  );
}

function Step({ n, title, done, current, children }: { n: number; title: string; done: boolean; current: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = opened ?? current;
  return (
    <li className={classes.step} data-done={done || undefined}>
      <button type="button" className={classes.stepHead} aria-expanded={open} onClick={() => setOpened(!open)}>
        <span className={classes.number} aria-hidden>
          {done ? <IconCheck size={16} /> : n}
        </span>
        <span className={classes.stepTitle}>{title}</span>
        {done && <span className={classes.doneWord}>{t('Done')}</span>}
      </button>
      {open && <div className={classes.stepBody}>{children}</div>}
    </li>
  );
}

function NameBrand({ brand }: { brand: Brand }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(brand.name);
  const [address, setAddress] = useState(brand.address ?? '');
  const { busy, save, reason, fields } = useSaving();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          await patch(`/brands/${brand.id}`, { name: name.trim(), address: address.trim() });
          await Promise.all([
            queryClient.invalidateQueries({ queryKey: keys.brands }),
            queryClient.invalidateQueries({ queryKey: keys.installation }),
          ]);
        }, t('Saved'));
      }}
    >
      <TextInput
        label={t('Name')}
        description={t('As your customers know it.')}
        required
        withAsterisk={false}
        maxLength={200}
        value={name}
        error={fields.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('Address')}
        description={t('Where customers write to; answers come from here.')}
        type="email"
        placeholder="help@yourshop.com"
        required
        withAsterisk={false}
        value={address}
        error={fields.address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <Button type="submit" loading={busy} disabled={!name.trim() || !address.trim()}>
        {t('Save')}
      </Button>
    </form>
  );
}

function ReceiveMail({ installation: { mail }, brand }: { installation: Installation; brand: Brand }) {
  const to = useMailboxesOf(brand.id)[0]?.address ?? brand.address ?? 'help@yourshop.com';
  const swaks = `swaks --server ${mail.smtpHost}:${mail.smtpPort} --from ann@example.com --to ${to} --header "Subject: Where is my parcel?" --body "Hello, my order 1042 has not come yet. Ann"`;
  const curl = `printf 'From: Ann <ann@example.com>\\nTo: ${to}\\nSubject: Where is my parcel?\\n\\nHello, my order 1042 has not come yet. Ann\\n' | curl smtp://${mail.smtpHost}:${mail.smtpPort} --mail-from ann@example.com --mail-rcpt ${to} --upload-file -`;
  return (
    <>
      <p>
        <Words
          of={
            mail.acceptsAnyAddress
              ? t('Shopbell takes mail over SMTP at {host}, for any address. Forward your shop’s mailbox there. To try it now, run this in a terminal:')
              : t('Shopbell takes mail over SMTP at {host}, for the mailboxes you listed. Forward your shop’s mailbox there. To try it now, run this in a terminal:')
          }
          host={
            <strong>
              {mail.smtpHost}:{mail.smtpPort}
            </strong>
          }
        />
      </p>
      <CopyBox text={curl} label={t('Copy the curl command')} />
      <p>{t('Or, if you have swaks:')}</p>
      <CopyBox text={swaks} label={t('Copy the swaks command')} />
      <p className={classes.quiet}>{t('This step turns to done by itself when the mail arrives.')}</p>
    </>
  );
}

function Sending({ relay }: { relay: string | null }) {
  if (relay !== null) {
    return (
      <p>
        <Words of={t('Answers leave through {relay}.')} relay={<strong>{relay}</strong>} />
      </p>
    );
  }
  return (
    <>
      <p>{t('Answers leave through your mail provider’s relay. Set this where Shopbell is started, with your own values, and restart it:')}</p>
      <CopyBox text={RELAY_SETTING} label={t('Copy the setting')} />
      <p className={classes.quiet}>{t('Until then answers are kept and wait; nothing is lost.')}</p>
    </>
  );
}

function Invite() {
  const [link, setLink] = useState<(InvitationLink & { name: string }) | null>(null);
  return (
    <>
      {link && <FreshLink link={link} />}
      <InviteForm invited={setLink} />
    </>
  );
}
