import type { Condition, ConversationRow } from '../../api/types';
import { type Field, spanMs } from './conditions';

type Known = Pick<ConversationRow, 'status' | 'assignee' | 'priority' | 'tags' | 'brandId' | 'waitingSince' | 'lastMessageAt'> &
  Partial<ConversationRow>;

/** Whether a changed row still belongs, as far as can be told here; the server has the last word. */
export function holds(conditions: Condition[], row: Known, me: number, now = Date.now()): boolean {
  return conditions.every((condition) => holdsOne(condition, row, me, now));
}

function holdsOne({ field, operator, values }: Condition, row: Known, me: number, now: number): boolean {
  const among = (test: (value: string) => boolean) =>
    operator === 'not' || operator === 'hasNot' ? !values.some(test) : operator === 'all' ? values.every(test) : values.some(test);
  const time = (at: string | null | undefined) => {
    if (!at) return false;
    const value = values[0] ?? '';
    const span = spanMs(value);
    const edge = span === null ? Date.parse(value) : now - span;
    const earlier = operator === 'over' || operator === 'older' || operator === 'before';
    return earlier ? Date.parse(at) < edge : Date.parse(at) >= edge;
  };
  switch (field as Field) {
    case 'status':
      return among((value) => row.status === value);
    case 'assignee':
      return among((value) =>
        value === 'none' ? row.assignee === null : row.assignee?.id === (value === 'me' ? me : Number(value)),
      );
    case 'brand':
      return among((value) => row.brandId === Number(value));
    case 'tag':
      return among((value) => row.tags.some((tag) => tag.id === Number(value)));
    case 'priority':
      return among((value) => row.priority === value);
    case 'channel':
      return row.channel === undefined || among((value) => row.channel === value);
    case 'customer':
      return row.customer === undefined || among((value) => row.customer?.id === Number(value));
    case 'unread':
      return row.unread === undefined || row.unread === (values[0] === 'yes');
    case 'waiting':
      return time(row.waitingSince);
    case 'activity':
      return time(row.lastMessageAt);
    case 'created':
      return row.createdAt === undefined || time(row.createdAt);
    case 'deliveryProblem':
      return row.deliveryProblem === undefined || row.deliveryProblem === (values[0] === 'yes');
    case 'subject':
      return row.subject === undefined || among((value) => (row.subject ?? '').toLowerCase().includes(value.trim().toLowerCase()));
    // None of them is on the row.
    case 'following':
    case 'draft':
    case 'scheduled':
    case 'team':
    case 'attachment':
    case 'note':
    case 'reply':
    case 'text':
    case 'from':
    case 'to':
    case 'filename':
    case 'custom':
    case 'customerCustom':
      return true;
  }
}
