import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ComponentPropsWithRef, Suspense } from 'react';
import { useCommands } from '../../platform/commands';
import { plural, t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { part } from '../../platform/parts';
import { createStore } from '../../platform/store';
import { usePhone } from '../../platform/usePhone';
import classes from './NotificationBell.module.css';
import { countersQuery } from './queries';

const BellMenu = part(() => import('./BellMenu'));

export const bell = createStore(false);

/** How much is new for me, and behind it what. */
export function NotificationBell() {
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
    <Suspense fallback={<BellButton />}>
      <BellMenu />
    </Suspense>
  );
}

/** The bell with its count. What is behind it comes once the first page stands. */
export function BellButton(button: ComponentPropsWithRef<'button'>) {
  const phone = usePhone();
  const { data } = useQuery(countersQuery);
  const unread = data?.unread ?? 0;
  return (
    <IconAction
      {...button}
      label={unread > 0 ? plural(unread, 'Notifications, {n} unread', 'Notifications, {n} unread') : t('Notifications')}
      chord="b"
      size={phone ? 44 : 32}
      className={classes.bell}
      onClick={() => bell.set(!bell.get())}
    >
      <IconBell size={phone ? 20 : 18} />
      {unread > 0 && (
        <span className={classes.count} data-mentions={(data?.mentions ?? 0) > 0 || undefined} aria-hidden>
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </IconAction>
  );
}
