import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Condition, Page, SavedView, ViewSort } from '../../api/types';
import { del, get, post, put, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys, type ListFilter, queryClient } from '../../platform/queries';
import { toast, toastProblem } from '../../platform/toasts';

export const viewsQuery = queryOptions({
  queryKey: keys.views,
  queryFn: ({ signal }) => get<Page<SavedView>>('/views', undefined, signal),
  staleTime: 10 * 60_000,
});

/** All views in the agent's order; nothing before they are known. */
export function useViews(): SavedView[] {
  const { data } = useQuery(viewsQuery);
  return useMemo(() => data?.items ?? [], [data]);
}

export function useView(key: string): SavedView | undefined {
  return useViews().find((view) => view.key === key);
}

export function cachedView(key: string): SavedView | undefined {
  return queryClient.getQueryData(viewsQuery.queryKey)?.items.find((view) => view.key === key);
}

/** The conditions of a list, as far as they are known here. */
export function conditionsOf(filter: ListFilter): Condition[] | undefined {
  return filter.filter ?? cachedView(filter.view)?.conditions;
}

export interface ViewContent {
  name: string;
  icon: string | null;
  conditions: Condition[];
  sort: ViewSort;
  shared: boolean;
  /** Whom it is shared with, where it is not with everybody. */
  teams: number[];
}

/** Where a view stands: with one's own, with a team's, or with everybody's. */
export function groupOf(view: Pick<SavedView, 'id' | 'shared' | 'teams'> | null): number | 'own' | 'all' {
  if (!view || view.id === null) return 'own';
  return view.shared ? 'all' : (view.teams[0] ?? 'own');
}

function remember(change: (views: SavedView[]) => SavedView[]): void {
  queryClient.setQueryData(viewsQuery.queryKey, (old) => old && { ...old, items: change(old.items) });
}

function reload(): void {
  void queryClient.invalidateQueries({ queryKey: keys.views });
  void queryClient.invalidateQueries({ queryKey: keys.counters });
}

export async function createView(content: ViewContent): Promise<SavedView> {
  const made = await post<SavedView>('/views', content);
  remember((views) => [...views, made]);
  reload();
  return made;
}

export async function changeView(view: SavedView, content: ViewContent): Promise<SavedView> {
  const changed = await put<SavedView>(`/views/${view.key}`, content);
  remember((views) => views.map((each) => (each.key === view.key ? { ...changed, hidden: each.hidden } : each)));
  void queryClient.invalidateQueries({ queryKey: keys.list({ view: view.key }) });
  reload();
  return changed;
}

export async function removeView(view: SavedView): Promise<void> {
  remember((views) => views.filter((each) => each.key !== view.key));
  try {
    await del(`/views/${view.key}`);
    toast(t('View “{name}” deleted', { name: view.name }), { action: { label: t('Undo'), chord: 'z', run: () => void restoreView(view) } });
  } catch (error) {
    toastProblem(`${t('The view could not be deleted')}. ${reasonOf(error)}`);
  }
  reload();
}

async function restoreView(view: SavedView): Promise<void> {
  try {
    await post(`/views/${view.key}/restore`, {});
  } catch (error) {
    toastProblem(`${t('The view could not be brought back')}. ${reasonOf(error)}`);
  }
  reload();
}

async function arrange(change: (views: SavedView[]) => SavedView[]): Promise<void> {
  await queryClient.cancelQueries({ queryKey: keys.views });
  remember(change);
  const views = queryClient.getQueryData(viewsQuery.queryKey)?.items ?? [];
  try {
    await put('/views/order', { keys: views.map((view) => view.key), hidden: views.filter((view) => view.hidden).map((view) => view.key) });
  } catch (error) {
    toastProblem(`${t('The order could not be kept')}. ${reasonOf(error)}`);
  }
  reload();
}

/** Puts a view in the place of another one, by a drag. */
export function placeView(key: string, at: string): Promise<void> {
  return arrange((views) => {
    const moved = views.find((view) => view.key === key);
    const from = views.findIndex((view) => view.key === key);
    const to = views.findIndex((view) => view.key === at);
    if (!moved || to < 0 || from === to) return views;
    const rest = views.filter((view) => view.key !== key);
    return [...rest.slice(0, to), moved, ...rest.slice(to)];
  });
}

/** Moves a view past the next one that is shown in its group. */
export function moveView(key: string, by: 1 | -1): Promise<void> {
  const views = queryClient.getQueryData(viewsQuery.queryKey)?.items ?? [];
  const group = groupOf(views.find((view) => view.key === key) ?? null);
  const shown = views.filter((view) => !view.hidden && groupOf(view) === group);
  const other = shown[shown.findIndex((view) => view.key === key) + by];
  return other ? placeView(key, other.key) : Promise.resolve();
}

export function hideView(key: string, hidden: boolean): Promise<void> {
  return arrange((views) => views.map((view) => (view.key === key ? { ...view, hidden } : view)));
}
