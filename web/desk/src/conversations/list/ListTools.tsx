import { lazy, Suspense, useEffect } from 'react';
import { patiently } from '../../platform/patiently';
import { hasOperators } from '../search/query';
import { filterOpen } from '../ui';
import { useListing } from '../useListing';
import { report } from './report';
import { SelectionCommands } from './SelectionCommands';
import { useSelection } from './selection';

const FilterBar = lazy(() => patiently(() => import('../views/FilterBar')));
const SearchTools = lazy(() => patiently(() => import('../search/SearchTools')));
const BulkBar = lazy(() => patiently(() => import('./BulkBar')));
const BulkReport = lazy(() => patiently(async () => ({ default: (await import('./BulkBar')).BulkReport })));

/** What stands between the search and the rows, each only while it is used. */
export function ListTools() {
  const { filter, key } = useListing();
  const selection = useSelection(key);
  const open = filterOpen.use() !== null;
  const refused = report.use() !== null;

  useEffect(() => {
    if (filter.view === 'search') filterOpen.set(null);
  }, [filter.view]);

  return (
    <>
      <SelectionCommands />
      <Suspense fallback={null}>
        {(open || filter.filter) && filter.view !== 'search' && <FilterBar key={filter.view} />}
        {filter.view === 'search' && filter.q && hasOperators(filter.q) && <SearchTools key={filter.q} q={filter.q} />}
        {(selection.all || selection.ids.size > 0) && <BulkBar />}
        {refused && <BulkReport />}
      </Suspense>
    </>
  );
}
