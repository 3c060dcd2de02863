import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../platform/i18n';
import { useAgentPresence } from '../platform/live/company';
import { PickList } from '../platform/PickList';
import { choicesFrom, choiceWords, choose } from './availability';
import { PresenceSign } from './Presence';
import { choosingPresence } from './presence';
import { useSession } from './session';

/** Online, away or off: what colleagues see of oneself. */
export default function PresencePicker() {
  const { agent } = useSession();
  const mine = useAgentPresence(agent.id);
  const close = () => choosingPresence.set(false);
  const choices = useMemo(() => choicesFrom(Date.now()), []);
  return (
    <Modal.Root opened onClose={close} size={400} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t('Online, away or off')}>
        <Modal.Body p={0}>
          <PickList
            label={t('Online, away or off')}
            placeholder={t('What colleagues see…')}
            picks={choices.map((choice) => ({
              id: choice.id,
              label: choiceWords(choice),
              icon: <PresenceSign presence={choice.availability} alone />,
              chosen: mine?.availability === choice.availability && mine.until === null && choice.until === null,
            }))}
            onClose={close}
            onPick={({ id }) => {
              close();
              const choice = choices.find((each) => each.id === id);
              if (choice) void choose(agent.id, choice.availability, choice.until);
            }}
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
