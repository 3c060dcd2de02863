import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { allCommands, type Group, GROUP_NAMES, overlay } from './commands';
import { t } from './i18n';
import { KeyCaps } from './KeyCaps';
import { keyFor } from './keymap';
import { nearest } from './nearness';
import classes from './KeyHelp.module.css';

const WHILE_WRITING = [
  { get label() { return t('Send'); }, chord: 'mod+Enter' },
  { get label() { return t('Send and resolve'); }, chord: 'mod+shift+Enter' },
  { get label() { return t('Who gets it, cc, bcc, subject'); }, chord: 'mod+shift+e' },
  { get label() { return t('Ways to send, send later'); }, chord: 'mod+shift+l' },
  { get label() { return t('Bold'); }, chord: 'mod+b' },
  { get label() { return t('Italic'); }, chord: 'mod+i' },
  { get label() { return t('Link'); }, chord: 'mod+shift+k' },
  { get label() { return t('Leave the editor, keep the draft'); }, chord: 'Escape' },
];

const EVERYWHERE = [{ get label() { return t('Undo the last change'); }, chord: 'z' }];

export default function KeyHelp() {
  const open = overlay.use() === 'keys';
  return (
    <Modal opened={open} onClose={() => overlay.set(null)} title={t('Keys')} size={760} closeButtonProps={{ 'aria-label': t('Close') }}>
      {open && <KeyTable />}
    </Modal>
  );
}

function KeyTable() {
  const groups = new Map<Group, { label: string; chord: string }[]>();
  for (const command of nearest(allCommands())) {
    if (!command.chord || keyFor(command.chord) === null) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), { label: command.label, chord: command.chord }]);
  }
  groups.set('Everywhere', [...(groups.get('Everywhere') ?? []), ...EVERYWHERE]);
  const named = [
    ...[...groups].map(([group, entries]) => ({ name: GROUP_NAMES[group], entries })),
    { name: t('While writing'), entries: WHILE_WRITING },
  ];
  return (
    <>
      <div className={classes.groups}>
        {named.map(({ name, entries }) => (
          <section key={name} className={classes.group}>
            <h3 className={classes.name}>{name}</h3>
            <dl>
              {entries.map((entry) => (
                <div key={entry.label} className={classes.entry}>
                  <dt>{entry.label}</dt>
                  <dd>
                    <KeyCaps chord={entry.chord} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Link to="/settings/$section" params={{ section: 'keyboard' }} onClick={() => overlay.set(null)}>
        {t('Choose other keys')}
      </Link>
    </>
  );
}
