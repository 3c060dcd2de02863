import { Popover } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { t } from '../../platform/i18n';
import { usePhone } from '../../platform/usePhone';
import classes from './NotificationBell.module.css';
import { bell, BellButton } from './NotificationBell';

const NotificationList = lazy(() => import('./NotificationList'));

/** The bell, and what is new below it. */
export default function BellMenu() {
  const open = bell.use();
  const phone = usePhone();
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
        <BellButton />
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
