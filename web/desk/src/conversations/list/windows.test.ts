import { beforeEach, expect, it } from 'vitest';
import type { ConversationRow } from '../../api/types';
import { queryClient } from '../../platform/queries';
import { patchWindows, totalQuery, type Window, windowQuery } from './windows';

const filter = { view: 'open' };
const row = (id: number) => ({ id, subject: `${id}` }) as ConversationRow;
const put = (index: number, ...ids: number[]) =>
  queryClient.setQueryData<Window>(windowQuery(filter, index).queryKey, { pages: [{ items: ids.map(row), next: 'x' }], pageParams: [null] });
const ids = (index: number) =>
  queryClient.getQueryData<Window>(windowQuery(filter, index).queryKey)?.pages[0]?.items.map((each) => each.id);

beforeEach(() => queryClient.clear());

it('moves up what stands below a row that leaves, through the windows that are known', () => {
  put(0, 1, 2);
  put(1, 3, 4);
  put(3, 7, 8);
  queryClient.setQueryData(totalQuery(filter).queryKey, 8);
  patchWindows(filter, 2, () => null);
  expect(ids(0)).toEqual([1, 3]);
  expect(ids(1)).toEqual([4]);
  expect(ids(3)).toEqual([7, 8]);
  expect(queryClient.getQueryData(totalQuery(filter).queryKey)).toBe(7);
});

it('changes a row where it stands', () => {
  put(0, 1, 2);
  patchWindows(filter, 2, (old) => ({ ...old, subject: 'new' }));
  expect(queryClient.getQueryData<Window>(windowQuery(filter, 0).queryKey)?.pages[0]?.items[1]?.subject).toBe('new');
  expect(ids(0)).toEqual([1, 2]);
});
