import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { InstallationStatus, StatusCheck } from '../api/types';
import { get } from '../platform/http';
import { t, told } from '../platform/i18n';
import { ListBones } from '../platform/ListBones';
import { keys } from '../platform/queries';
import { Trouble } from '../platform/Trouble';
import settings from '../settings/Settings.module.css';
import classes from './StatusSettings.module.css';

const statusQuery = queryOptions({
  queryKey: keys.status,
  queryFn: ({ signal }) => get<InstallationStatus>('/status', undefined, signal),
  refetchInterval: 10_000,
  staleTime: 5_000,
});

const MARKS = {
  well: IconCircleCheck,
  soon: IconAlertTriangle,
  broken: IconAlertOctagon,
};

const STATES = {
  get well() { return t('All right'); },
  get soon() { return t('Look at it soon'); },
  get broken() { return t('Does not work'); },
};

/** Whether all parts of the installation are well, looked at again every few seconds. */
export function StatusSettings() {
  const query = useQuery(statusQuery);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the status')} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={6} />;
  const { state, checks } = query.data;
  const ill = checks.filter((each) => each.state !== 'well');
  const well = checks.filter((each) => each.state === 'well');
  return (
    <>
      <p className={settings.lead} role="status">
        {state === 'well' ? t('Everything works.') : state === 'soon' ? t('Everything works, but something wants to be looked at.') : t('Something does not work.')}
      </p>
      {ill.length > 0 && (
        <ul className={settings.section} aria-label={t('What is wrong')}>
          {ill.map((each) => (
            <Line key={each.name} check={each} />
          ))}
        </ul>
      )}
      <ul className={settings.section} aria-label={t('What is well')}>
        {well.map((each) => (
          <Line key={each.name} check={each} />
        ))}
      </ul>
    </>
  );
}

function Line({ check }: { check: StatusCheck }) {
  const Mark = MARKS[check.state];
  const values = check.values as Record<string, string | number>;
  return (
    <li className={classes.check}>
      <Mark size={20} className={`${classes.mark} ${classes[check.state]}`} role="img" aria-label={STATES[check.state]} />
      <p className={check.state === 'well' ? classes.quiet : classes.says}>{told(check.says, values)}</p>
      {check.advice !== null && <p className={classes.advice}>{told(check.advice, values)}</p>}
    </li>
  );
}
