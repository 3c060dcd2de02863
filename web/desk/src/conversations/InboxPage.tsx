import { IconArrowDown, IconArrowUp, IconLayoutSidebar } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { overlay, useCommands } from '../platform/commands';
import { t, useLanguage } from '../platform/i18n';
import { SizedPane } from '../platform/Panes';
import { part } from '../platform/parts';
import { useStored } from '../platform/stored';
import { useNarrow, usePhone } from '../platform/usePhone';
import classes from './InboxPage.module.css';
import { ListPane } from './list/ListPane';
import { useFilter, useOpenId, useWalk } from './useListing';
import { rememberView } from './views';
import { ViewsPane } from './ViewsPane';

const SideDrawer = part(() => import('../platform/SideDrawer'));

export function InboxPage() {
  useLanguage();
  const phone = usePhone();
  const narrow = useNarrow();
  const openId = useOpenId();
  const { view } = useFilter();
  const walk = useWalk();
  const [views, setViews] = useStored('views', 'wide');
  const slim = views === 'slim' || (narrow && views !== 'forced');

  useEffect(() => rememberView(view), [view]);
  useCommands([
    { id: 'next', label: t('Next conversation'), group: 'Go to', chord: 'j', icon: <IconArrowDown size={16} />, run: walk.next },
    { id: 'previous', label: t('Previous conversation'), group: 'Go to', chord: 'k', icon: <IconArrowUp size={16} />, run: walk.previous },
    {
      id: 'views',
      label: slim ? t('Widen the views') : t('Slim the views'),
      group: 'Desk',
      chord: '[',
      words: t('sidebar collapse'),
      icon: <IconLayoutSidebar size={16} />,
      run: () => setViews(slim ? (narrow ? 'forced' : 'wide') : 'slim'),
    },
  ]);

  if (phone) {
    return (
      <>
        <main id="main" tabIndex={-1} className={classes.page}>
          {openId === null ? <ListPane /> : <Outlet />}
        </main>
        <ViewsDrawer />
      </>
    );
  }
  return (
    <div className={classes.panes}>
      {slim ? (
        <nav className={classes.slim} aria-label={t('Views')}>
          <ViewsPane slim />
        </nav>
      ) : (
        <SizedPane as="nav" name="views" label={t('Views')} width={216} min={176} max={320} handle="end">
          <ViewsPane />
        </SizedPane>
      )}
      <SizedPane as="section" name="list" label={t('Conversations')} width={narrow ? 320 : 352} min={280} max={560} handle="end">
        <ListPane />
      </SizedPane>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}

function ViewsDrawer() {
  const open = overlay.use() === 'views';
  const [wanted, setWanted] = useState(open);
  if (open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <SideDrawer opened={open} onClose={() => overlay.set(null)} label={t('Views')}>
        <nav className={classes.drawer} aria-label={t('Views')}>
          <ViewsPane />
        </nav>
      </SideDrawer>
    </Suspense>
  );
}
