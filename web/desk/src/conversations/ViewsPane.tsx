import { UnstyledButton } from '@mantine/core';
import { IconCommand } from '@tabler/icons-react';
import { memo, Suspense } from 'react';
import { overlay } from '../platform/commands';
import { t, useLanguage } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { part } from '../platform/parts';
import { usePhone } from '../platform/usePhone';
import { StartCard } from '../installation/StartCard';
import { MeButton } from './MeButton';
import { NotificationBell } from './notifications/NotificationBell';
import classes from './ViewsPane.module.css';
import { ViewList } from './views/ViewList';

const MeMenu = part(() => import('./MeMenu'));

/** Who walks from one conversation to the next leaves it as it is. */
export const ViewsPane = memo(function ViewsPane({ slim = false }: { slim?: boolean }) {
  useLanguage();
  const phone = usePhone();
  return (
    <div className={classes.pane} data-slim={slim || undefined}>
      <div className={classes.brand}>
        <img src="/bell.svg" alt="" width={24} height={24} />
        {!slim && <span className={classes.product}>Shopbell</span>}
        {!phone && <NotificationBell />}
      </div>
      <ViewList slim={slim} />
      {!slim && !phone && <StartCard />}
      <div className={classes.foot}>
        {!slim && (
          <UnstyledButton className={classes.command} onClick={() => overlay.set('palette')}>
            <IconCommand size={16} aria-hidden /> {t('Commands')} {!phone && <KeyCaps chord="mod+k" />}
          </UnstyledButton>
        )}
        <Suspense fallback={<MeButton slim={slim} />}>
          <MeMenu slim={slim} />
        </Suspense>
      </div>
    </div>
  );
});
