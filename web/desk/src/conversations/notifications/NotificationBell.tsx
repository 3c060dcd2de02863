import { Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useCommands } from '../../platform/commands';
import { plural, t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { createStore } from '../../platform/store';
import { usePhone } from '../../platform/usePhone';
import classes from './NotificationBell.module.css';
import { countersQuery } from './queries';

const NotificationList = lazy(() => import('./NotificationList'));

export const bell = createStore(false);

/** How much is new for me, and behind it what. */
export function NotificationBell() {
  const open = bell.use();
  const phone = usePhone();
  const { data } = useQuery(countersQuery);
  const unread = data?.unread ?? 0;
  useCommands([
    {
      id: 'notifications',
      label: t('Notifications'),
      group: 'Go to',
      chord: 'b',
      words: t('bell news mentions'),
      icon: <IconBell size={16} />,
      run: () => bell.set(!bell.get()),
    },
  ]);
  return (
    <Popover
      opened={open}
      onChange={(opened) => bell.set(opened)}
      position="bottom-start"
      width={phone ? 'calc(100vw - 16px)' : 400}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <IconAction
          label={unread > 0 ? plural(unread, 'Notifications, {n} unread', 'Notifications, {n} unread') : t('Notifications')}
          chord="b"
          size={phone ? 44 : 32}
          className={classes.bell}
          onClick={() => bell.set(!open)}
        >
          <IconBell size={phone ? 20 : 18} />
          {unread > 0 && (
            <span className={classes.count} data-mentions={(data?.mentions ?? 0) > 0 || undefined} aria-hidden>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </IconAction>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('Notifications')}>
        {open && (
          <Suspense fallback={<div className={classes.waiting} />}>
            <NotificationList close={() => bell.set(false)} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
