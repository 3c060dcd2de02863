import { t } from '../../platform/i18n';
import { WhenPicker } from '../composer/WhenPicker';

/** A time of one's own to come back at. */
export default function PickTime({ onPick }: { onPick: (until: string) => void }) {
  return <WhenPicker label={t('Snooze until')} action={t('Snooze')} onPick={onPick} />;
}
