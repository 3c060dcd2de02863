import { IconUserCheck } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useCommands } from '../platform/commands';
import { t } from '../platform/i18n';
import { patiently } from '../platform/patiently';
import { choicesFrom, choiceWords, choose, choosingPresence } from './availability';
import { PresenceSign } from './Presence';
import { useSession } from './session';

const PresencePicker = lazy(() => patiently(() => import('./PresencePicker')));

/** The commands about one's own presence, and the choice they open. */
export function PresenceGate() {
  const { agent } = useSession();
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
    ...choicesFrom(Date.now()).map((choice) => ({
      id: `presence-${choice.id}`,
      label: t('Be seen as: {presence}', { presence: choiceWords(choice) }),
      group: 'Desk' as const,
      words: t('presence availability status break lunch'),
      icon: <PresenceSign presence={choice.availability} alone />,
      onlyWhenSearched: true,
      run: () => void choose(agent.id, choice.availability, choice.until),
    })),
  ]);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <PresencePicker />
    </Suspense>
  );
}
