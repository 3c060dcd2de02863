import { lazy, Suspense, useMemo, useState } from 'react';
import { Bone } from '../../platform/Bone';
import { t } from '../../platform/i18n';
import { patiently } from '../../platform/patiently';
import { PickList } from '../../platform/PickList';
import { snoozesFrom } from './snoozes';

const PickTime = lazy(() => patiently(() => import('./PickTime')));
const OWN = 'own';

interface Props {
  /** Null: until the customer writes. */
  onPick: (until: string | null) => void;
  close: () => void;
}

/** How long a conversation is to be out of the way. */
export function SnoozeList({ onPick, close }: Props) {
  const snoozes = useMemo(() => snoozesFrom(Date.now()), []);
  const [picking, setPicking] = useState(false);
  if (picking) {
    return (
      <Suspense fallback={<Bone width="100%" height={40} />}>
        <PickTime onPick={onPick} />
      </Suspense>
    );
  }
  return (
    <PickList
      label={t('Snooze until')}
      placeholder={t('Snooze until…')}
      picks={[
        ...snoozes.map(({ id, label, when, words }) => ({ id, label, hint: when, words })),
        { id: OWN, label: t('Pick a time…'), words: t('date day own') },
      ]}
      onClose={close}
      onPick={({ id }) => {
        const chosen = snoozes.find((each) => each.id === id);
        if (chosen) onPick(chosen.until);
        else setPicking(true);
      }}
    />
  );
}
