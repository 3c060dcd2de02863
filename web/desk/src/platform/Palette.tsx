import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { allCommands, type Command, GROUP_NAMES, overlay } from './commands';
import { useFarCommands } from './farCommands';
import { t } from './i18n';
import { nearest } from './nearness';
import { PickList } from './PickList';

/** ⌘K: everything the desk can do from here, by name; anything else typed becomes a search. */
export default function Palette() {
  const open = overlay.use() === 'palette';
  const close = () => overlay.set(null);
  return (
    <Modal.Root opened={open} onClose={close} size={600} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t('Commands')}>
        <Modal.Body p={0}>{open && <PaletteList close={close} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteList({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const far = useFarCommands();
  // Gathered once: commands of the page beneath cannot change while the palette covers it.
  const [commands] = useState(() => allCommands(far));
  const picks = useMemo(() => nearest(commands).map((each) => ({ ...each, group: GROUP_NAMES[each.group] })), [commands]);
  const run = (command: Command) => {
    close();
    // After the dialog gave the focus back, so that what the command focuses keeps it.
    setTimeout(command.run, 0);
  };
  return (
    <PickList
      label={t('Commands')}
      placeholder={t('Type a command, a colleague, or words to search for…')}
      picks={picks}
      grouped
      onClose={close}
      onPick={(pick) => {
        const command = commands.find((each) => each.id === pick.id);
        if (command) run(command);
        else {
          close();
          void navigate({ to: '/inbox/$view', params: { view: 'search' }, search: { q: pick.words } });
        }
      }}
      create={(typed) => ({
        id: 'search-for',
        label: t('Search conversations for “{typed}”', { typed }),
        words: typed,
        icon: <IconSearch size={16} />,
      })}
    />
  );
}
