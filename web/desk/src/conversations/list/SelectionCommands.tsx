import { IconArrowDown, IconArrowUp, IconFilter, IconListCheck, IconSquareCheck } from '@tabler/icons-react';
import { useCommands } from '../../platform/commands';
import { t } from '../../platform/i18n';
import { filterOpen } from '../ui';
import { useListing, useOpenId, useWalk } from '../useListing';
import { select, selectAll, toggle } from './selection';

/** Choosing rows by keyboard: the open one, and on from there. */
export function SelectionCommands() {
  const { key, count, rowAt, filter } = useListing();
  const openId = useOpenId();
  const walk = useWalk();
  const group = 'Selection';

  const extend = (by: 'next' | 'previous') => {
    const to = by === 'next' ? walk.nextRow : walk.previousRow;
    const ids = [openId, to?.id].filter((id): id is number => typeof id === 'number');
    select(key, ids, openId ?? to?.id ?? null);
    walk[by]();
  };
  const one = () => {
    const focused = document.activeElement?.closest<HTMLElement>('li[aria-posinset]')?.getAttribute('aria-posinset');
    const row = focused ? rowAt(Number(focused) - 1) : undefined;
    const id = row?.id ?? openId ?? rowAt(0)?.id;
    if (id !== undefined) toggle(key, id);
  };

  useCommands([
    { id: 'select', label: t('Select or leave out'), group, chord: 'x', icon: <IconSquareCheck size={16} />, run: one },
    { id: 'select-next', label: t('Select on downwards'), group, chord: 'J', icon: <IconArrowDown size={16} />, run: () => extend('next') },
    { id: 'select-previous', label: t('Select on upwards'), group, chord: 'K', icon: <IconArrowUp size={16} />, run: () => extend('previous') },
    ...(count > 0 && !filter.q
      ? [{ id: 'select-all', label: t('Select all in this view'), group, chord: 'A', icon: <IconListCheck size={16} />, run: () => selectAll(key) } as const]
      : []),
    {
      id: 'filter',
      label: t('Filter the list…'),
      group: 'Go to',
      chord: 'F',
      words: t('view conditions'),
      icon: <IconFilter size={16} />,
      run: () => filterOpen.set('add'),
    },
  ]);
  return null;
}
