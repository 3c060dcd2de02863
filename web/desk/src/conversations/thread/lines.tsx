import { t } from '../../platform/i18n';
import { dayTitle, exactTime, longTime } from '../../platform/instants';
import { useNow } from '../../platform/Time';
import classes from './lines.module.css';

function Line({ words, tone, title }: { words: string; tone?: 'new'; title?: string }) {
  return (
    <div className={classes.line} role="separator" aria-label={words} data-tone={tone} title={title}>
      {words}
    </div>
  );
}

/** What was written on one day stands below its name. */
export function DayLine({ at }: { at: string }) {
  return <Line words={dayTitle(at, useNow())} title={exactTime(at)} />;
}

/** Above the first message that the agent has not seen. */
export function NewLine({ since }: { since: string | null }) {
  const now = useNow();
  return <Line tone="new" words={since ? t('New since {when}', { when: longTime(since, now) }) : t('New')} title={since ? exactTime(since) : undefined} />;
}

export function LaterLine() {
  return <Line words={t('Still to leave')} />;
}
