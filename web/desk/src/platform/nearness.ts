import type { Command } from './commands';
import { ACTIONS } from './keymap';

const PLACES: Command['group'][] = ['Conversation', 'Selection', 'Go to', 'Everywhere', 'Desk'];

/** From what is done to a conversation most, as the usual keys are listed. */
const USE: readonly string[] = ACTIONS.slice(ACTIONS.indexOf('reply'));

/** As they are listed unasked: first what is done most; while several are selected, what is done to all of them. */
export function nearest(commands: Command[]): Command[] {
  const many = commands.some((each) => each.id.startsWith('many-'));
  const place = (each: Command) => (many && each.group === 'Selection' ? -1 : PLACES.indexOf(each.group));
  const use = (each: Command) => (USE.includes(each.id) ? USE.indexOf(each.id) : USE.length);
  return [...commands].sort((a, b) => place(a) - place(b) || use(a) - use(b));
}
