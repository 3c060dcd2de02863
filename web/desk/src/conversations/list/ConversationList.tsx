import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { brandsQuery } from '../../brands/queries';
import { installationQuery, stepsDone } from '../../installation/queries';
import { useDensity } from '../../platform/appearance';
import { Bone } from '../../platform/Bone';
import { Empty } from '../../platform/Empty';
import { t } from '../../platform/i18n';
import { Trouble } from '../../platform/Trouble';
import { useSession } from '../../staff/session';
import { useListing, useOpenId } from '../useListing';
import { viewEntry } from '../views';
import classes from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';

export const ROW_HEIGHT = { comfortable: 84, compact: 56 };

/** Only the rows in sight exist; further pages are fetched as their place comes near. */
export function ConversationList() {
  const { filter, query, rows } = useListing();
  const openId = useOpenId();
  const { agent } = useSession();
  const brands = useQuery(brandsQuery).data?.items;
  const [density] = useDensity();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT[density],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items[items.length - 1]?.index ?? 0;
  const openIndex = useMemo(() => rows.findIndex((row) => row.id === openId), [rows, openId]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;

  useEffect(() => virtual.measure(), [density, virtual]);

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 15) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  // Only when another one is opened: a list that moves by itself must not pull the reader along.
  const shownFor = useRef<number | null>(null);
  useEffect(() => {
    if (openIndex < 0 || shownFor.current === openId) return;
    shownFor.current = openId;
    virtual.scrollToIndex(openIndex, { align: 'auto' });
  }, [openIndex, openId, virtual]);

  const key = `${filter.view}|${filter.q ?? ''}|${filter.brand ?? ''}`;
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [key]);

  if (filter.view === 'search' && !filter.q) return <SearchHint />;
  if (query.isPending) return <RowBones />;
  if (query.isError && rows.length === 0) {
    return <Trouble error={query.error} what={t('this list')} retry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <NoRows />;
  const severalBrands = (brands?.length ?? 0) > 1;
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={item.key}
              className={classes.item}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              aria-setsize={hasNextPage ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              <ConversationRow
                row={row}
                filter={filter}
                open={row.id === openId}
                me={agent.id}
                brand={severalBrands ? (brands?.find((each) => each.id === row.brandId) ?? null) : null}
              />
            </li>
          );
        })}
      </ul>
      {isFetchingNextPage && <RowBones count={2} />}
    </div>
  );
}

function RowBones({ count = 9 }: { count?: number }) {
  const [density] = useDensity();
  return (
    <div className={classes.bones} aria-busy="true">
      <span className="visually-hidden">{t('Loading conversations')}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={classes.bone} style={{ height: ROW_HEIGHT[density] }}>
          <Bone width={32} height={32} round />
          <div className={classes.boneText}>
            <Bone width={`${44 + ((index * 13) % 22)}%`} />
            <Bone width={`${64 + ((index * 17) % 28)}%`} />
            {density === 'comfortable' && <Bone width={`${80 + ((index * 7) % 18)}%`} />}
          </div>
        </div>
      ))}
    </div>
  );
}

function SearchHint() {
  return (
    <Empty icon={<IconSearch size={24} />} title={t('Find a conversation')}>
      {t('Words, “a whole phrase”, an address, or #1042. The last word may be unfinished.')}
    </Empty>
  );
}

function NoRows() {
  const { filter } = useListing();
  const navigate = useNavigate();
  const { may } = useSession();
  const { data: installation } = useQuery({ ...installationQuery, enabled: may('installation:manage') });
  const entry = viewEntry(filter.view);
  if (filter.view === 'search' || !entry) {
    return (
      <Empty icon={<IconSearch size={24} />} title={t('Nothing found for “{words}”', { words: filter.q ?? '' })}>
        {t('Try fewer words, or the beginning of one. Spam is not searched.')}
      </Empty>
    );
  }
  const unfinished = installation !== undefined && stepsDone(installation).done < stepsDone(installation).of;
  const beginning = installation?.progress.firstMailReceived === false && (filter.view === 'open' || filter.view === 'all');
  return (
    <Empty
      icon={<entry.Icon size={24} />}
      title={beginning ? t('Waiting for your first mail') : entry.empty.title}
      action={
        unfinished && (
          <Button variant={beginning ? 'filled' : 'default'} onClick={() => void navigate({ to: '/start' })}>
            {t('Getting started')}
          </Button>
        )
      }
    >
      {beginning ? t('It appears here the moment it arrives. A few small steps bring you there.') : entry.empty.text}
    </Empty>
  );
}
