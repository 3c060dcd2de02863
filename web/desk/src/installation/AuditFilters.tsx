import { Button, Select, TextInput } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useCommands } from '../platform/commands';
import { urlOf } from '../platform/http';
import { t } from '../platform/i18n';
import { useAgents } from '../staff/session';
import { auditChoices, type AuditFilter, auditQueryOf } from './audit';
import classes from './AuditFilters.module.css';

/** By whom, about whom, what and when; and the same as a file. */
export function AuditFilters({ filter, change }: { filter: AuditFilter; change: (filter: AuditFilter) => void }) {
  // An address finds its person as well as a name does.
  const people = useAgents().map((agent) => ({ value: String(agent.id), label: `${agent.name} · ${agent.email}` }));
  const anything = Object.values(filter).some((value) => value !== undefined);
  const file = urlOf('/audit/export', auditQueryOf(filter));
  const person = (field: 'by' | 'about', label: string, placeholder: string) => (
    <Select
      label={label}
      placeholder={placeholder}
      data={people}
      value={filter[field] === undefined ? null : String(filter[field])}
      searchable
      clearable
      nothingFoundMessage={t('Nobody of that name')}
      onChange={(id) => change({ ...filter, [field]: id === null ? undefined : Number(id) })}
    />
  );
  const day = (field: 'from' | 'to', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={filter[field] ?? ''}
      min={field === 'to' ? filter.from : undefined}
      max={field === 'from' ? filter.to : undefined}
      onChange={(event) => change({ ...filter, [field]: event.currentTarget.value || undefined })}
    />
  );
  useCommands([
    { id: 'export-audit', label: t('Download the audit as CSV'), group: 'Desk', icon: <IconDownload size={16} />, run: () => location.assign(file) },
    ...(anything ? [{ id: 'clear-audit', label: t('Show the whole audit'), group: 'Desk' as const, icon: <IconX size={16} />, run: () => change({}) }] : []),
  ]);
  return (
    <form role="search" aria-label={t('Audit')} className={classes.filters} onSubmit={(event) => event.preventDefault()}>
      {person('by', t('Who did it'), t('Anybody'))}
      {person('about', t('Whom it concerns'), t('Anybody'))}
      <Select
        label={t('What')}
        placeholder={t('Anything')}
        data={auditChoices()}
        value={filter.what ?? null}
        searchable
        clearable
        nothingFoundMessage={t('Nothing of that name')}
        onChange={(what) => change({ ...filter, what: what ?? undefined })}
      />
      <div className={classes.days}>
        {day('from', t('From'))}
        {day('to', t('To'))}
      </div>
      <div className={classes.actions}>
        <Button component="a" href={file} download variant="default" leftSection={<IconDownload size={16} />} title={t('The newest 10,000 of what is chosen here')}>
          {t('Download as CSV')}
        </Button>
        {anything && (
          <Button variant="subtle" onClick={() => change({})}>
            {t('Show all')}
          </Button>
        )}
      </div>
    </form>
  );
}
