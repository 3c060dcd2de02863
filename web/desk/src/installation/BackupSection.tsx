import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Bone } from '../platform/Bone';
import { useCommands } from '../platform/commands';
import { CopyBox } from '../platform/CopyText';
import { post } from '../platform/http';
import { t } from '../platform/i18n';
import { fileSize } from '../platform/instants';
import { queryClient } from '../platform/queries';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import { Words } from '../platform/Words';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { BACKUPS, backupPlanQuery, backupsQuery, isBeingMade, lastEnded, lastGood } from './backups';

const RESTORE = 'java -jar shopbell.jar restore FILE';

export function BackupSection() {
  const list = useQuery(backupsQuery);
  const plan = useQuery(backupPlanQuery);
  const { busy, save, reason } = useSaving();
  const making = busy || isBeingMade(list.data);
  const make = () => void save(() => post('/installation/backups', {}).then(() => queryClient.invalidateQueries({ queryKey: BACKUPS })));
  useCommands([{ id: 'backup', label: t('Back up now'), group: 'Desk', run: make }]);
  if (list.isError && !list.data) return <Trouble error={list.error} what={t('the backups')} retry={() => void list.refetch()} />;
  if (!list.data || !plan.data) return <Bone width="100%" height={160} />;
  const good = lastGood(list.data);
  const problem = lastEnded(list.data)?.problem;
  const { next, folder, keepDays, keepWeeks } = plan.data;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Backup')}</h2>
      <p className={classes.lead}>
        {t('Everything in one file: conversations, settings and the secret key. Keep a copy on another machine, as confidential as this one.')}
      </p>
      <dl className={classes.terms}>
        <dt>{t('Last backup')}</dt>
        <dd>
          {good?.finishedAt ? (
            <>
              <IconCheck size={16} aria-hidden style={{ verticalAlign: -3 }} /> <Time at={good.finishedAt} />
              {good.bytes !== null && ` · ${fileSize(good.bytes)}`}
            </>
          ) : (
            t('none yet')
          )}
        </dd>
        {problem && (
          <>
            <dt>{t('The last one failed')}</dt>
            <dd className={classes.warn}>
              <IconAlertTriangle size={16} aria-hidden style={{ verticalAlign: -3 }} /> {problem}
            </dd>
          </>
        )}
        <dt>{t('Next one')}</dt>
        <dd>{next ? <Words of={t('by itself, {time}')} time={<Time at={next} as="coming" />} /> : t('Nightly backups are switched off.')}</dd>
        <dt>{t('Folder')}</dt>
        <dd>{folder}</dd>
        <dt>{t('Kept')}</dt>
        <dd>{t('the last of {days} days and {weeks} weeks', { days: keepDays, weeks: keepWeeks })}</dd>
      </dl>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <p role="status" className={classes.lead}>
        {making ? t('A backup is being made. You can go on working.') : ''}
      </p>
      <Button variant="default" loading={making} onClick={make}>
        {t('Back up now')}
      </Button>
      <p className={classes.lead} style={{ paddingTop: 16 }}>
        {t('To restore one, run this on a machine with an empty data folder:')}
      </p>
      <CopyBox text={RESTORE} label={t('Copy the command')} />
    </section>
  );
}
