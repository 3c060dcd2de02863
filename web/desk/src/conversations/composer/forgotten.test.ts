// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { promisedFile } from './forgotten';

test('a promised file is noticed in several languages', () => {
  expect(promisedFile('<p>I have attached the label.</p>')).toBe('attached');
  expect(promisedFile('<p>Das Etikett finden Sie im Anhang.</p>')).toBe('Anhang');
  expect(promisedFile('<p>Anbei die Rechnung</p>')).toBe('Anbei');
  expect(promisedFile('<p>Vous trouverez la facture ci-jointe.</p>')).toBe('ci-jointe');
});

test('other words, and the words of others, promise nothing', () => {
  expect(promisedFile('<p>We detached the lid. Anlagenbau, unattached.</p>')).toBeNull();
  expect(promisedFile('<blockquote><p>See attached</p></blockquote><p>Thank you!</p>')).toBeNull();
});
