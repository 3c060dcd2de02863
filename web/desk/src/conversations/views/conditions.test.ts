import { describe, expect, it } from 'vitest';
import type { Condition, ConversationRow } from '../../api/types';
import { readConditions, spanMs } from './conditions';
import { holds } from './holds';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const row = {
  status: 'open',
  assignee: { id: 7, name: 'Ada' },
  priority: 'high',
  tags: [{ id: 1, name: 'parcel', color: '#000000' }],
  brandId: 1,
  waitingSince: '2026-03-01T06:00:00Z',
  lastMessageAt: '2026-02-20T00:00:00Z',
  subject: 'Where is my Parcel?',
} as ConversationRow;

const one = (field: string, operator: string, ...values: string[]) => [{ field, operator, values } as Condition];

describe('conditions', () => {
  it.each([
    [one('status', 'is', 'open', 'waiting'), true],
    [one('status', 'not', 'open'), false],
    [one('assignee', 'is', 'me'), true],
    [one('assignee', 'is', 'none'), false],
    [one('assignee', 'not', 'none', '8'), true],
    [one('tag', 'is', '1', '2'), true],
    [one('tag', 'all', '1', '2'), false],
    [one('tag', 'not', '2'), true],
    [one('waiting', 'over', 'PT4H'), true],
    [one('waiting', 'under', 'PT4H'), false],
    [one('activity', 'within', 'P7D'), false],
    [one('activity', 'before', '2026-02-21T00:00:00Z'), true],
    [one('subject', 'has', 'parcel'), true],
    [one('subject', 'hasNot', 'refund'), true],
    [[...one('status', 'is', 'open'), ...one('priority', 'is', 'low')], false],
  ])('%j', (conditions, expected) => {
    expect(holds(conditions, row, 7, NOW)).toBe(expected);
  });

  it('reads spans of time', () => {
    expect(spanMs('P2D')).toBe(172_800_000);
    expect(spanMs('PT90M')).toBe(5_400_000);
    expect(spanMs('2026-01-01T00:00:00Z')).toBeNull();
  });

  it('leaves out of an address what cannot be asked', () => {
    expect(readConditions([{ field: 'status', operator: 'is', values: ['open'] }, { field: 'constructor' }, null, 7])).toHaveLength(1);
    expect(readConditions('x')).toBeUndefined();
  });
});
