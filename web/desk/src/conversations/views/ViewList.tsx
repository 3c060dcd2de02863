import { IconChevronDown, IconChevronRight, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type DragEvent, type KeyboardEvent, Fragment, lazy, Suspense, useMemo, useState } from 'react';
import type { Counters, SavedView } from '../../api/types';
import { overlay, useCommands } from '../../platform/commands';
import { plural, t } from '../../platform/i18n';
import { patiently } from '../../platform/patiently';
import { usePhone } from '../../platform/usePhone';
import { useTeams } from '../../staff/teams';
import { useFilter } from '../useListing';
import { countersQuery } from '../queries';
import { VIEWS, viewEntry } from '../views';
import classes from '../ViewsPane.module.css';
import { groupOf, moveView, placeView, useViews } from './viewQueries';

const ViewMenu = lazy(() => patiently(() => import('./ViewMenu')));

interface Shown {
  key: string;
  label: string;
  hidden: boolean;
  /** Null for those that everybody has from the start, until they are known. */
  view: SavedView | null;
}

function useShown(): Shown[] {
  const views = useViews();
  return useMemo(
    () =>
      views.length === 0
        ? VIEWS.map((entry) => ({ key: entry.view, label: entry.label, hidden: false, view: null }))
        : views.map((view) => ({ key: view.key, label: viewEntry(view.key)?.label ?? view.name, hidden: view.hidden, view })),
    [views],
  );
}

function countOf(counters: Counters | undefined, key: string): number | null {
  const entry = viewEntry(key);
  if (entry) return entry.counter ? (counters?.[entry.counter] ?? null) : null;
  return counters?.views.find((each) => String(each.id) === key)?.count ?? null;
}

/** One's own first, with those that everybody has from the start; then each team's, then everybody's. */
function useGroups(shown: Shown[]) {
  const teams = useTeams();
  const own = { group: 'own' as string | number, name: null as string | null, views: shown.filter((each) => groupOf(each.view) === 'own') };
  const ofTeams = teams.map(({ id, name }) => ({ group: id, name, views: shown.filter((each) => groupOf(each.view) === id) }));
  const ofAll = { group: 'all', name: t('Everybody’s'), views: shown.filter((each) => groupOf(each.view) === 'all') };
  return [own, ...ofTeams, ofAll].filter((each) => each.views.length > 0);
}

/** Every view in the agent's own order, in groups by who has it; those they have put away stand under "More". */
export function ViewList({ slim }: { slim: boolean }) {
  const all = useShown();
  const { view: current } = useFilter();
  const [open, setOpen] = useState(false);
  const groups = useGroups(all.filter((each) => !each.hidden));
  const away = all.filter((each) => each.hidden);
  const row = (each: Shown) => <ViewRow key={each.key} each={each} slim={slim} />;
  // Whoever stands in a view that is put away still sees where they are.
  const unfolded = open || away.some((each) => each.key === current);
  return (
    <ul className={classes.views}>
      {groups.map(({ group, name, views }) => (
        <Fragment key={group}>
          {name !== null && (
            <li className={classes.groupName} role={slim ? 'presentation' : undefined}>
              {!slim && <h3>{name}</h3>}
            </li>
          )}
          {views.map(row)}
        </Fragment>
      ))}
      {away.length > 0 && !slim && (
        <li>
          <button type="button" className={classes.more} aria-expanded={unfolded} onClick={() => setOpen(!unfolded)}>
            {unfolded ? <IconChevronDown size={18} aria-hidden /> : <IconChevronRight size={18} aria-hidden />}
            {t('More')}
          </button>
        </li>
      )}
      {unfolded && !slim && away.map(row)}
    </ul>
  );
}

function ViewRow({ each, slim }: { each: Shown; slim: boolean }) {
  const { data: counters } = useQuery(countersQuery);
  const current = useFilter();
  const phone = usePhone();
  const [over, setOver] = useState(false);
  const [dragged, setDragged] = useState(false);
  const { key, label, view } = each;
  const entry = viewEntry(key);
  const Icon = entry?.Icon ?? IconFilter;
  const count = countOf(counters, key);
  const shown = count && count > 999 ? '999+' : count;
  const calls = key === 'mine' || key === 'unassigned';
  const movable = !slim && view !== null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const link = event.currentTarget as HTMLElement;
    void moveView(key, event.key === 'ArrowUp' ? -1 : 1);
    // It moves in the page, and the focus with it.
    setTimeout(() => link.focus(), 0);
  };
  const drag = movable && !phone && {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(DRAGGED, key);
      event.dataTransfer.effectAllowed = 'move';
      setDragged(true);
    },
    onDragEnd: () => setDragged(false),
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const moved = event.dataTransfer.getData(DRAGGED);
      if (moved) void placeView(moved, key);
    },
  };

  return (
    <li className={classes.place} data-over={over || undefined} data-dragged={dragged || undefined} {...drag}>
      <Link
        to="/inbox/$view"
        params={{ view: key }}
        search={{ brand: current.brand }}
        className={classes.view}
        aria-current={current.view === key ? 'page' : undefined}
        draggable={false}
        data-tip={slim ? (count ? `${label} (${shown})` : label) : undefined}
        data-tip-side="right"
        onClick={() => overlay.set(null)}
        onKeyDown={movable ? onKeyDown : undefined}
      >
        {view?.icon ? (
          <span className={classes.emoji} aria-hidden>
            {view.icon}
          </span>
        ) : (
          <Icon size={18} aria-hidden />
        )}
        <span className={slim ? 'visually-hidden' : `truncate ${classes.label}`} dir="auto">
          {label}
        </span>
        {count ? (
          <span className={classes.count} data-calls={calls || undefined}>
            <span aria-hidden>{shown}</span>
            <span className="visually-hidden">, {plural(count, '{shown} conversation', '{shown} conversations', { shown: String(shown) })}</span>
          </span>
        ) : null}
      </Link>
      {movable && (
        <Suspense fallback={null}>
          <ViewMenu view={view} label={label} />
        </Suspense>
      )}
    </li>
  );
}

const DRAGGED = 'text/x-shopbell-view';

/** Every view by its name, from anywhere. */
export function ViewCommands() {
  const all = useShown();
  const navigate = useNavigate();
  useCommands(
    all.map(({ key, label, view }) => {
      const Icon = viewEntry(key)?.Icon ?? IconFilter;
      return {
        id: `view-${key}`,
        label: t('Go to {label}', { label }),
        group: 'Go to',
        words: t('view inbox'),
        icon: view?.icon ? <span aria-hidden>{view.icon}</span> : <Icon size={16} />,
        run: () => void navigate({ to: '/inbox/$view', params: { view: key } }),
      };
    }),
  );
  return null;
}
