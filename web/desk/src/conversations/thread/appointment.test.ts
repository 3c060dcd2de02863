import { expect, test } from 'vitest';
import { when } from './MessageMarks';

const appointment = {
  method: 'request' as const,
  title: 'Fitting',
  start: '2026-03-10T13:00:00Z',
  end: '2026-03-10T14:30:00Z',
  wholeDay: false,
  zone: null as string | null,
  place: null,
  organiser: null,
  attendees: 0,
  repeats: false,
};

test('an appointment without a zone stands as it was written', () => {
  expect(when(appointment)).toBe('Tue, 10 Mar 2026, 13:00–14:30 (no time zone given)');
});

test('whole days end on the day before their end', () => {
  const days = { ...appointment, wholeDay: true, start: '2026-03-10T00:00:00Z', end: '2026-03-12T00:00:00Z' };

  expect(when(days)).toBe('Tue, 10 Mar 2026 – Wed, 11 Mar 2026');
  expect(when({ ...days, end: '2026-03-11T00:00:00Z' })).toBe('Tue, 10 Mar 2026');
});
