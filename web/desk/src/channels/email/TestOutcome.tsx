import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ConnectionResult } from '../../api/types';
import { t } from '../../platform/i18n';
import classes from './Mailboxes.module.css';

export function worksWhole(result: ConnectionResult): boolean {
  return result.imap.problem === null && (result.smtp === null || result.smtp.problem === null);
}

export function TestOutcome({ result }: { result: ConnectionResult }) {
  return (
    <div role="status">
      <Line title={t('Reading')} problem={result.imap.problem} words={result.imap.words} />
      {result.smtp && <Line title={t('Sending')} problem={result.smtp.problem} words={result.smtp.words} />}
    </div>
  );
}

function Line({ title, problem, words }: { title: string; problem: string | null; words: string }) {
  const Sign = problem === null ? IconCheck : IconAlertTriangle;
  return (
    <p className={`${classes.outcome} ${problem === null ? classes.good : classes.bad}`}>
      <Sign size={16} aria-hidden />
      <span style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        <strong>{title}:</strong> {words}
      </span>
    </p>
  );
}
