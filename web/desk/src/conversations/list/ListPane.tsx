import { IconMenu2, IconPencilPlus } from '@tabler/icons-react';
import { overlay } from '../../platform/commands';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { usePhone } from '../../platform/usePhone';
import { useSession } from '../../staff/session';
import { useFilter } from '../useListing';
import { viewEntry } from '../views';
import { BrandFilter } from './BrandFilter';
import { ConversationList } from './ConversationList';
import classes from './ListPane.module.css';
import { SearchField } from './SearchField';
import { StartCard } from '../../installation/StartCard';

export function ListPane() {
  const filter = useFilter();
  const phone = usePhone();
  const { may } = useSession();
  return (
    <div className={classes.pane}>
      <header className={classes.head}>
        {phone && (
          <IconAction label={t('Views')} size={44} onClick={() => overlay.set('views')}>
            <IconMenu2 size={20} />
          </IconAction>
        )}
        <h1 className={classes.title}>{filter.view === 'search' ? t('Search') : (viewEntry(filter.view)?.label ?? t('Conversations'))}</h1>
        <BrandFilter />
        {may('conversations:reply') && (
          <IconAction label={t('New conversation')} chord="c" size={phone ? 44 : 32} onClick={() => overlay.set('new')}>
            <IconPencilPlus size={phone ? 20 : 18} />
          </IconAction>
        )}
      </header>
      <SearchField />
      {phone && filter.view !== 'search' && <StartCard />}
      <ConversationList />
    </div>
  );
}
