import { Button } from '@mantine/core';
import { IconArrowUp, IconFilter, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useRef } from 'react';
import { brandsQuery } from '../../brands/queries';
import { installationQuery, stepsDone } from '../../installation/queries';
import { useDensity } from '../../platform/appearance';
import { Bone } from '../../platform/Bone';
import { Empty } from '../../platform/Empty';
import { plural, t } from '../../platform/i18n';
import type { ListFilter } from '../../platform/queries';
import { Trouble } from '../../platform/Trouble';
import { useSession } from '../../staff/session';
import { inSight, lookAt, useListing, useOpenId, windowOf } from '../useListing';
import { viewEntry } from '../views';
import classes from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';
import { isSelected, useSelection } from './selection';
import { useAnchor } from './useAnchor';
import { useRows } from './useRows';
import { useSelecting } from './useSelecting';

export const ROW_HEIGHT = { comfortable: 84, compact: 56 };

/** While the list is dragged along, so long nothing is read: what flies past is not looked at. */
const STILL_MS = 80;

/** Only the rows in sight exist; windows of rows are read as their place comes near. */
export function ConversationList() {
  const listing = useListing();
  const { filter, key, count, rowAt, indexOf, more } = listing;
  // The conversation itself comes first: its row is marked, and scrolled to, once that is drawn.
  const openId = useDeferredValue(useOpenId());
  const { agent } = useSession();
  const brands = useQuery(brandsQuery).data?.items;
  const [density] = useDensity();
  const selection = useSelection(key);
  const height = ROW_HEIGHT[density];
  const { from, to, scroller, ref, reveal } = useRows(count, height);
  const openIndex = indexOf(openId);

  const firstWindow = windowOf(from - 10);
  const lastWindow = windowOf(to + 10);
  useEffect(() => {
    const near = inSight.get();
    const far = near.key === key && (firstWindow > near.to + 1 || lastWindow < near.from - 1);
    const still = setTimeout(() => lookAt({ key, from: firstWindow, to: lastWindow }), far ? STILL_MS : 0);
    return () => clearTimeout(still);
  }, [key, firstWindow, lastWindow]);

  useEffect(() => {
    if (more && to >= count - 15) more();
  }, [more, to, count]);

  // Only when another one is opened: a list that moves by itself must not pull the reader along.
  const shownFor = useRef<number | null>(null);
  useEffect(() => {
    if (openIndex < 0 || shownFor.current === openId) return;
    shownFor.current = openId;
    reveal(openIndex);
  }, [openIndex, openId, reveal]);

  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [key, scroller]);
  const above = useAnchor(scroller, listing, height);

  const onSelect = useSelecting(listing);
  if (filter.view === 'search' && !filter.q) return <SearchHint />;
  if (listing.pending) return <RowBones />;
  if (listing.error && count === 0) {
    return <Trouble error={listing.error} what={t('this list')} retry={listing.again} />;
  }
  if (count === 0) return <NoRows filter={filter} />;
  const severalBrands = (brands?.length ?? 0) > 1;
  const selecting = selection.all || selection.ids.size > 0;
  return (
    <div className={classes.around}>
      {above > 0 && (
        <button type="button" className={classes.above} onClick={() => scroller.current?.scrollTo({ top: 0 })}>
          <IconArrowUp size={14} aria-hidden /> {plural(above, '{n} new above', '{n} new above')}
        </button>
      )}
      <div ref={ref} className={classes.scroller}>
        <ul className={classes.list} style={{ height: count * height }}>
          {Array.from({ length: to - from }, (_, place) => {
            const index = from + place;
            const row = rowAt(index);
            return (
              <li
                key={row?.id ?? `at ${index}`}
                className={classes.item}
                style={{ height, transform: `translateY(${index * height}px)` }}
                aria-setsize={listing.whole ? count : -1}
                aria-posinset={index + 1}
                aria-busy={row === undefined || undefined}
              >
                {row ? (
                  <ConversationRow
                    row={row}
                    filter={filter}
                    open={row.id === openId}
                    me={agent.id}
                    brand={severalBrands ? (brands?.find((each) => each.id === row.brandId) ?? null) : null}
                    selected={isSelected(selection, row.id)}
                    selecting={selecting}
                    onSelect={onSelect}
                  />
                ) : (
                  <RowBone index={index} />
                )}
              </li>
            );
          })}
        </ul>
        {filter.q && more === null && !listing.whole && !listing.broken && <RowBones count={2} />}
      </div>
      {listing.broken && (
        <p className={classes.broken} role="alert">
          {t('Part of this list could not be loaded.')}
          <Button size="compact-sm" variant="default" onClick={listing.again}>
            {t('Try again')}
          </Button>
        </p>
      )}
    </div>
  );
}

function RowBones({ count = 9 }: { count?: number }) {
  return (
    <div className={classes.bones} aria-busy="true">
      <span className="visually-hidden">{t('Loading conversations')}</span>
      {Array.from({ length: count }, (_, index) => (
        <RowBone key={index} index={index} />
      ))}
    </div>
  );
}

function RowBone({ index }: { index: number }) {
  const [density] = useDensity();
  return (
    <div className={classes.bone} style={{ height: ROW_HEIGHT[density] }}>
      <Bone width={32} height={32} round />
      <div className={classes.boneText}>
        <Bone width={`${44 + ((index * 13) % 22)}%`} />
        <Bone width={`${64 + ((index * 17) % 28)}%`} />
        {density === 'comfortable' && <Bone width={`${80 + ((index * 7) % 18)}%`} />}
      </div>
    </div>
  );
}

function SearchHint() {
  return (
    <Empty icon={<IconSearch size={24} />} title={t('Find a conversation')}>
      {t('Words, “a whole phrase”, an address, #1042, or operators such as from:anna, is:unread and has:attachment.')}
    </Empty>
  );
}

function NoRows({ filter }: { filter: ListFilter }) {
  const navigate = useNavigate();
  const { may } = useSession();
  const { data: installation } = useQuery({ ...installationQuery, enabled: may('installation:manage') });
  const entry = viewEntry(filter.view);
  if (filter.filter || (!entry && !filter.q)) {
    return (
      <Empty icon={<IconFilter size={24} />} title={t('Nothing matches')}>
        {filter.filter
          ? t('No conversation meets all of these conditions. Take one away, or save the view for when there is one.')
          : t('No conversation is in this view now. It fills by itself.')}
      </Empty>
    );
  }
  if (filter.view === 'search' || !entry) {
    return (
      <Empty icon={<IconSearch size={24} />} title={t('Nothing found for “{words}”', { words: filter.q ?? '' })}>
        {t('Try fewer words, or the beginning of one. Spam is only searched with is:spam.')}
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
