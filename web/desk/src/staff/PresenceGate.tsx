import { IconUserCheck } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useCommands } from '../platform/commands';
import { t } from '../platform/i18n';
import { patiently } from '../platform/patiently';
import { choosingPresence } from './presence';

const PresencePicker = lazy(() => patiently(() => import('./PresencePicker')));

/** The command about one's own presence, and the choice it opens. */
export function PresenceGate() {
  const open = choosingPresence.use();
  useCommands([
    {
      id: 'presence',
      label: t('Online, away or off…'),
      group: 'Desk',
      chord: 'h',
      words: t('presence availability status break lunch'),
      icon: <IconUserCheck size={16} />,
      run: () => choosingPresence.set(true),
    },
  ]);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <PresencePicker />
    </Suspense>
  );
}
