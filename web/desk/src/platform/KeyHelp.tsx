import { Modal } from '@mantine/core';
import { allCommands, overlay } from './commands';
import { KeyCaps } from './KeyCaps';
import classes from './KeyHelp.module.css';

const WHILE_WRITING = [
  { label: 'Send', chord: 'mod+Enter' },
  { label: 'Send and resolve', chord: 'mod+shift+Enter' },
  { label: 'Who gets it, cc, bcc, subject', chord: 'mod+shift+e' },
  { label: 'Ways to send, send later', chord: 'mod+shift+l' },
  { label: 'Bold', chord: 'mod+b' },
  { label: 'Italic', chord: 'mod+i' },
  { label: 'Link', chord: 'mod+shift+k' },
  { label: 'Leave the editor, keep the draft', chord: 'Escape' },
];

const EVERYWHERE = [{ label: 'Undo the last change', chord: 'z' }];

export function KeyHelp() {
  const open = overlay.use() === 'keys';
  return (
    <Modal opened={open} onClose={() => overlay.set(null)} title="Keys" size={760} closeButtonProps={{ 'aria-label': 'Close' }}>
      {open && <KeyTable />}
    </Modal>
  );
}

function KeyTable() {
  const groups = new Map<string, { label: string; chord: string }[]>();
  for (const command of allCommands()) {
    if (!command.chord) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), { label: command.label, chord: command.chord }]);
  }
  groups.set('Everywhere', [...(groups.get('Everywhere') ?? []), ...EVERYWHERE]);
  groups.set('While writing', WHILE_WRITING);
  return (
    <div className={classes.groups}>
      {[...groups].map(([name, entries]) => (
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
  );
}
