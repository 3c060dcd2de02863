import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconMailQuestion } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DomainCheck, MailDomain, Page } from '../../api/types';
import { announce } from '../../platform/announcer';
import { CopyBox } from '../../platform/CopyText';
import { del, post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { ListBones } from '../../platform/ListBones';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { Trouble } from '../../platform/Trouble';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { Words } from '../../platform/Words';
import { mailDomainsQuery } from './queries';
import classes from './SendingDomains.module.css';

const SUBJECTS: Record<DomainCheck['subject'], { title: string; term: string }> = {
  mx: { get title() { return t('Receiving'); }, term: 'MX' },
  spf: { get title() { return t('Who may send'); }, term: 'SPF' },
  dkim: { get title() { return t('Signature'); }, term: 'DKIM' },
  dmarc: { get title() { return t('Forged mail'); }, term: 'DMARC' },
};

const STATES = {
  ok: { get word() { return t('Fine'); }, Icon: IconCircleCheck },
  advice: { get word() { return t('Could be better'); }, Icon: IconAlertTriangle },
  problem: { get word() { return t('Mend this'); }, Icon: IconCircleX },
  unknown: { get word() { return t('No answer'); }, Icon: IconHelpCircle },
} as const;

export function SendingDomains() {
  const query = useQuery(mailDomainsQuery);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('your domains')} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={6} />;
  return (
    <>
      <p className={settings.lead}>
        {t('Other mail servers trust your mail when DNS says who sends it. Enter the records below where your domain is kept; they are seen within minutes, sometimes hours.')}
      </p>
      {query.data.items.length === 0 && (
        <p className={settings.lead}>
          <IconMailQuestion size={16} aria-hidden style={{ verticalAlign: -3 }} />{' '}
          <Words
            of={t('No brand has a mail address yet. Set one in {brands}, and its domain is looked at here.')}
            brands={
              <Link to="/settings/$section" params={{ section: 'brands' }}>
                {t('Brands')}
              </Link>
            }
          />
        </p>
      )}
      {query.data.items.map((domain) => (
        <Domain key={domain.domain} domain={domain} />
      ))}
    </>
  );
}

function Domain({ domain }: { domain: MailDomain }) {
  const queryClient = useQueryClient();
  const { busy, save, reason } = useSaving();
  const path = `/mail-domains/${encodeURIComponent(domain.domain)}`;
  const shown = (fresh: MailDomain) =>
    queryClient.setQueryData<Page<MailDomain>>(keys.mailDomains, (page) =>
      page && { ...page, items: page.items.map((each) => (each.domain === fresh.domain ? fresh : each)) },
    );
  const check = () =>
    save(async () => {
      shown(await post<MailDomain>(`${path}/check`));
      announce(t('{domain} was looked at again', { domain: domain.domain }));
    });
  const makeKey = () => save(async () => void shown(await post<MailDomain>(`${path}/dkim-key`)));
  const removeKey = () =>
    save(async () => {
      await del(`${path}/dkim-key`);
      await queryClient.invalidateQueries({ queryKey: keys.mailDomains });
    }, t('The key is gone'));
  return (
    <section className={settings.section} aria-label={domain.domain}>
      <div className={classes.head}>
        <h2 className={`truncate ${settings.sectionTitle}`}>{domain.domain}</h2>
        {!domain.providers && (
          <Button variant="default" size="xs" loading={busy} onClick={() => void check()}>
            {t('Look again')}
          </Button>
        )}
      </div>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      {domain.providers ? (
        <p className={settings.lead}>{t('This domain belongs to your mail provider, which takes care of it. There is nothing to do.')}</p>
      ) : (
        <ul>
          {domain.checks.map((each) => (
            <Check key={each.subject} check={each}>
              {each.subject === 'dkim' && <Keys domain={domain} busy={busy} make={makeKey} remove={removeKey} />}
            </Check>
          ))}
        </ul>
      )}
    </section>
  );
}

function Check({ check, children }: { check: DomainCheck; children?: ReactNode }) {
  const { title, term } = SUBJECTS[check.subject];
  const { word, Icon } = STATES[check.state];
  return (
    <li className={classes.check}>
      <span className={classes.sign} data-state={check.state}>
        <Icon size={20} aria-hidden />
      </span>
      <div className={classes.body}>
        <h3 className={classes.title}>
          {title} <span className={classes.term}>{term}</span>
          <span className={classes.state} data-state={check.state}>
            {word}
          </span>
        </h3>
        <p className={classes.words}>{check.words}</p>
        {check.publish && <PublishRecord term={term} record={check.publish} />}
        {check.found.length > 0 && (
          <details className={classes.found}>
            <summary>{t('What DNS shows')}</summary>
            {check.found.map((each) => (
              <code key={each}>{each || '.'}</code>
            ))}
          </details>
        )}
        {children}
      </div>
    </li>
  );
}

function PublishRecord({ term, record }: { term: string; record: NonNullable<DomainCheck['publish']> }) {
  return (
    <dl className={classes.record}>
      <dt>{t('Type')}</dt>
      <dd>{record.type}</dd>
      <dt>{t('Name')}</dt>
      <dd>
        <CopyBox text={record.name} label={t('Copy the name of the {term} record', { term })} />
      </dd>
      <dt>{t('Value')}</dt>
      <dd>
        <CopyBox text={record.value} label={t('Copy the value of the {term} record', { term })} />
      </dd>
    </dl>
  );
}

interface KeysProps {
  domain: MailDomain;
  busy: boolean;
  make: () => Promise<boolean>;
  remove: () => Promise<boolean>;
}

function Keys({ domain: { keys: all }, busy, make, remove }: KeysProps) {
  if (all.length === 0) {
    return (
      <Button size="xs" loading={busy} onClick={() => void make()} style={{ marginTop: 8 }}>
        {t('Make a key')}
      </Button>
    );
  }
  return (
    <details className={classes.found}>
      <summary>{all.length === 1 ? t('The key') : t('The keys')}</summary>
      <ul className={classes.keys}>
        {all.map((each) => (
          <li key={each.selector}>
            <code>{each.selector}</code> {each.active ? t('signs') : t('waits for its record')}{', '}
            <Words of={t('made {time}')} time={<Time at={each.createdAt} />} />
            {each.checkedAt && (
              <>
                {', '}
                <Words of={t('looked for {time}')} time={<Time at={each.checkedAt} />} />
              </>
            )}
          </li>
        ))}
      </ul>
      <p className={classes.words}>{t('A new key takes over when its record is seen. Without a key, mail leaves unsigned; a removed key cannot be had back.')}</p>
      <div className={classes.actions}>
        <Button variant="default" size="xs" disabled={busy} onClick={() => void make()}>
          {t('Make a new key')}
        </Button>
        <Button variant="subtle" size="xs" disabled={busy} onClick={() => void remove()}>
          {all.length === 1 ? t('Remove the key') : t('Remove both keys')}
        </Button>
      </div>
    </details>
  );
}
