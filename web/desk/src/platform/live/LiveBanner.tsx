import { useEffect, useState } from 'react';
import { t } from '../i18n';
import classes from './LiveBanner.module.css';
import { useLiveState } from './LiveProvider';

/** Short breaks mend themselves unseen; only a lasting one is worth a word. */
const PATIENCE_MS = 3_000;

export function LiveBanner() {
  const lost = useLiveState() === 'lost';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status">
      {shown && (
        <p className={classes.banner}>
          <strong>{t('Not connected.')}</strong> {t('What you see may be a little old. What you write is kept on this computer. We keep trying.')}
        </p>
      )}
    </div>
  );
}
