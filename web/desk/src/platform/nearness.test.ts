import { describe, expect, it } from 'vitest';
import type { Command } from './commands';
import { nearest } from './nearness';

const command = (id: string, group: Command['group']): Command => ({ id, label: id, group, run: () => undefined });
const order = (...commands: Command[]) => nearest(commands).map((each) => each.id);

describe('the palette', () => {
  it('begins with what is done most to the open conversation', () => {
    expect(
      order(
        command('select', 'Selection'),
        command('theme', 'Desk'),
        command('next-message', 'Conversation'),
        command('link', 'Go to'),
        command('customer', 'Conversation'),
        command('resolve', 'Conversation'),
        command('reply', 'Conversation'),
      ),
    ).toEqual(['reply', 'resolve', 'next-message', 'customer', 'select', 'link', 'theme']);
  });

  it('begins with what is done to all while several are selected', () => {
    expect(order(command('reply', 'Conversation'), command('many-resolve', 'Selection'))).toEqual(['many-resolve', 'reply']);
  });
});
