import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Installation } from '../api/types';
import { Bone } from '../platform/Bone';
import { CopyBox } from '../platform/CopyText';
import { del } from '../platform/http';
import { plural, t } from '../platform/i18n';
import { queryClient } from '../platform/queries';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { ProvidersSettings } from '../staff/providers/ProvidersSettings';
import { PolicySettings } from '../staff/security/PolicySettings';
import { Words } from '../platform/Words';
import { BackupSection } from './BackupSection';
import { installationQuery } from './queries';
import { RELAY_SETTING } from './relay';

export function InstallationSettings() {
  const query = useQuery(installationQuery);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the installation')} retry={() => void query.refetch()} />;
  if (!query.data) return <Bone width="100%" height={240} />;
  const { mail, version, publicUrl } = query.data;
  return (
    <>
      <section className={classes.section}>
        <dl className={classes.terms}>
          <dt>{t('Version')}</dt>
          <dd>{version}</dd>
          <dt>{t('Public address')}</dt>
          <dd>{publicUrl}</dd>
          <dt>{t('Getting started')}</dt>
          <dd>
            <Link to="/start">{t('Open the steps')}</Link>
          </dd>
        </dl>
      </section>
      <section className={classes.section}>
        <h2 className={classes.sectionTitle}>{t('Mail in')}</h2>
        <p className={classes.lead}>{t('Point your mail server here, or forward to it.')}</p>
        <dl className={classes.terms}>
          <dt>{t('SMTP receiver')}</dt>
          <dd>
            {mail.smtpHost}:{mail.smtpPort}
          </dd>
          <dt>{t('Takes mail for')}</dt>
          <dd>{mail.acceptsAnyAddress ? t('any address') : t('the listed mailboxes only')}</dd>
          <dt>{t('Waiting to be read')}</dt>
          <dd>
            {mail.oldestWaiting ? (
              <Words of={t('the oldest came {time}')} time={<Time at={mail.oldestWaiting} />} />
            ) : (
              t('nothing')
            )}
          </dd>
          {mail.failed > 0 && (
            <>
              <dt>{t('Could not be taken in')}</dt>
              <dd className={classes.warn}>
                <IconAlertTriangle size={16} aria-hidden style={{ verticalAlign: -3 }} />{' '}
                {plural(
                  mail.failed,
                  '{n} mail. The originals are kept; the log says why.',
                  '{n} mails. The originals are kept; the log says why.',
                )}
              </dd>
            </>
          )}
        </dl>
      </section>
      <section className={classes.section}>
        <h2 className={classes.sectionTitle}>{t('Mail out')}</h2>
        <MailOut installation={query.data} />
      </section>
      <BackupSection />
      <PolicySettings />
      <ProvidersSettings />
      {query.data.demo && <DemoShop />}
    </>
  );
}

function MailOut({ installation: { mail } }: { installation: Installation }) {
  if (mail.relay === null) {
    return (
      <>
        <p className={classes.lead}>
          <IconAlertTriangle size={16} aria-hidden style={{ verticalAlign: -3 }} />{' '}
          {t('No relay yet. Answers are kept and wait until there is one. Set this where Shopbell is started, then restart it:')}
        </p>
        <CopyBox text={RELAY_SETTING} label={t('Copy the setting')} />
      </>
    );
  }
  return (
    <dl className={classes.terms}>
      <dt>{t('Relay')}</dt>
      <dd>
        <IconCheck size={16} aria-hidden style={{ verticalAlign: -3 }} /> {mail.relay}
      </dd>
    </dl>
  );
}

function DemoShop() {
  const { busy, save, reason } = useSaving();
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Demo shop')}</h2>
      <p className={classes.lead}>
        {t('Its customers and conversations are invented and are never mailed. Removing it leaves everything of yours untouched, and cannot be undone.')}
      </p>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <Button
        variant="default"
        loading={busy}
        onClick={() => void save(() => del('/installation/demo').then(() => queryClient.invalidateQueries()), t('The demo shop is gone'))}
      >
        {t('Remove the demo shop')}
      </Button>
    </section>
  );
}
