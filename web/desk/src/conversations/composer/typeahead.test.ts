// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { askedFor } from './typeahead';

test('colleagues are asked for in notes alone', () => {
  expect(askedFor('Could you look, @', true)).toEqual({ trigger: '@', query: '' });
  expect(askedFor('@Mia Ber', true)).toEqual({ trigger: '@', query: 'Mia Ber' });
  expect(askedFor('@Mia', false)).toBeNull();
  expect(askedFor('anna@shop', true)).toBeNull();
});

test('emoji are asked for by two letters after a colon that begins a word', () => {
  expect(askedFor('Thanks :smi', false)).toEqual({ trigger: ':', query: 'smi' });
  expect(askedFor(':lä', false)).toEqual({ trigger: ':', query: 'lä' });
  for (const none of ['10:30', 'Note: yes', ':', ':D', 'https://x', 'Hello :) there']) expect(askedFor(none, false), none).toBeNull();
});
