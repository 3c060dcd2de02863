import { IconFilter, IconMenu2, IconPencilPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import { overlay } from '../../platform/commands';
import { t, useLanguage } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { usePhone } from '../../platform/usePhone';
import { useSession } from '../../staff/session';
import { searchOf, useFilter } from '../useListing';
import { filterOpen } from '../ui';
import { NotificationBell } from '../notifications/NotificationBell';
import { viewEntry } from '../views';
import { useView } from '../views/viewQueries';
import { BrandFilter } from './BrandFilter';
import { ConversationList } from './ConversationList';
import classes from './ListPane.module.css';
import { ListTools } from './ListTools';
import { SearchField } from './SearchField';
import { StartCard } from '../../installation/StartCard';

/** Who walks from one conversation to the next leaves all but its rows as it is. */
export const ListPane = memo(function ListPane() {
  useLanguage();
  const filter = useFilter();
  const phone = usePhone();
  const { may } = useSession();
  const navigate = useNavigate();
  const view = useView(filter.view);
  const filtering = filterOpen.use() !== null || filter.filter !== undefined;
  const toggleFilter = () => {
    if (filter.filter) void navigate({ to: '.', search: { ...searchOf(filter), filter: undefined, sort: undefined } });
    filterOpen.set(filtering ? null : view?.id == null ? 'add' : 'open');
  };
  return (
    <div className={classes.pane}>
      <header className={classes.head}>
        {phone && (
          <IconAction label={t('Views')} size={44} onClick={() => overlay.set('views')}>
            <IconMenu2 size={20} />
          </IconAction>
        )}
        <h1 className={classes.title}>
          {filter.view === 'search' ? t('Search') : (viewEntry(filter.view)?.label ?? view?.name ?? t('Conversations'))}
        </h1>
        <IconAction
          label={t('Filter')}
          chord="F"
          size={phone ? 44 : 32}
          aria-pressed={filtering}
          variant={filtering ? 'light' : undefined}
          onClick={toggleFilter}
        >
          <IconFilter size={phone ? 20 : 18} />
        </IconAction>
        <BrandFilter />
        {phone && <NotificationBell />}
        {may('conversations:reply') && (
          <IconAction label={t('New conversation')} chord="c" size={phone ? 44 : 32} onClick={() => overlay.set('new')}>
            <IconPencilPlus size={phone ? 20 : 18} />
          </IconAction>
        )}
      </header>
      <SearchField />
      <ListTools />
      {phone && filter.view !== 'search' && <StartCard />}
      <ConversationList />
    </div>
  );
});
