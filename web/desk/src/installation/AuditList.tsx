import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { AuditEntry } from '../api/types';
import { Empty } from '../platform/Empty';
import { t } from '../platform/i18n';
import { ListBones } from '../platform/ListBones';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { auditQuery, readAuditFilter } from './audit';
import { AuditFilters } from './AuditFilters';
import { factWords, spaced } from './factNames';

const ACTORS = {
  get agent() { return t('A former colleague'); },
  get customer() { return t('A customer'); },
  system: 'Shopbell',
};

function valueOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(valueOf).join(', ');
  if (typeof value === 'object') return 'name' in value ? String(value.name) : JSON.stringify(value);
  return String(value);
}

/** The numbers of things name nothing to people; the conversation has its link. */
function says(value: unknown): boolean {
  return Array.isArray(value) ? value.some(says) : value !== null && typeof value !== 'number';
}

function detailOf(entry: AuditEntry): string {
  return Object.entries(entry.detail ?? {})
    .filter(([, value]) => says(value))
    .map(([key, value]) => `${spaced(key)}: ${valueOf(value)}`)
    .join(' · ');
}

export function AuditList() {
  const navigate = useNavigate();
  const filter = readAuditFilter(useSearch({ strict: false }));
  return (
    <>
      <p className={classes.lead}>{t('Who did what, and when. Newest first; nothing here can be changed.')}</p>
      <AuditFilters
        filter={filter}
        change={(next) => void navigate({ to: '/settings/$section', params: { section: 'audit' }, search: next as never, replace: true })}
      />
      <Entries filter={filter} />
    </>
  );
}

function Entries({ filter }: { filter: ReturnType<typeof readAuditFilter> }) {
  const query = useInfiniteQuery(auditQuery(filter));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  // A long log is looked through piece by piece: on, until something is found.
  const onwards = entries.length === 0 && query.hasNextPage && !query.isFetching && !query.isError;
  const { fetchNextPage } = query;
  useEffect(() => {
    if (onwards) void fetchNextPage();
  }, [onwards, fetchNextPage]);
  if (query.isError && entries.length === 0) return <Trouble error={query.error} what={t('the audit')} retry={() => void query.refetch()} />;
  if (query.isPending || (entries.length === 0 && query.hasNextPage)) return <ListBones rows={6} />;
  if (entries.length === 0) {
    return Object.values(filter).some((value) => value !== undefined) ? (
      <Empty icon={<IconListSearch size={24} />} title={t('Nothing like that')}>
        {t('Nothing in the log fits what is chosen above.')}
      </Empty>
    ) : (
      <Empty icon={<IconListSearch size={24} />} title={t('Nothing happened yet')}>
        {t('Who did what, and when, is written down here.')}
      </Empty>
    );
  }
  return (
    <>
      <ul aria-label={t('Audit')}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.row}>
            <div className={classes.grow}>
              <p className="truncate" dir="auto">
                <strong>{entry.actor.name ?? ACTORS[entry.actor.kind]}</strong>: {factWords(entry.name)}
                {entry.conversationId !== null && (
                  <>
                    {' · '}
                    <Link to="/inbox/$view/$conversationId" params={{ view: 'all', conversationId: String(entry.conversationId) }}>
                      {t('conversation')}
                    </Link>
                  </>
                )}
              </p>
              <p className={`truncate ${classes.quiet}`} dir="auto" title={detailOf(entry)}>
                {detailOf(entry)}
              </p>
            </div>
            <span className={classes.quiet}>
              <Time at={entry.at} />
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" mt={16} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('Earlier')}
        </Button>
      )}
    </>
  );
}
