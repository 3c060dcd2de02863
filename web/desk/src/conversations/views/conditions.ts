import type { Condition, ConversationRow, CustomField } from '../../api/types';

export type Field = Condition['field'];

/** A field of the shop's own. */
export type Custom = 'custom' | 'customerCustom';

export function isCustom(field: Field): field is Custom {
  return field === 'custom' || field === 'customerCustom';
}
export type Operator = Condition['operator'];

/** How each field can be asked; the first is what a new condition begins with. */
export const OPERATORS: Record<Field, Operator[]> = {
  status: ['is', 'not'],
  assignee: ['is', 'not'],
  team: ['is', 'not'],
  brand: ['is', 'not'],
  tag: ['is', 'all', 'not'],
  priority: ['is', 'not'],
  channel: ['is', 'not'],
  customer: ['is', 'not'],
  unread: ['is'],
  following: ['is'],
  draft: ['is'],
  scheduled: ['is'],
  waiting: ['over', 'under'],
  created: ['within', 'older', 'before', 'after'],
  activity: ['within', 'older', 'before', 'after'],
  attachment: ['is'],
  note: ['is'],
  reply: ['is'],
  deliveryProblem: ['is'],
  subject: ['has', 'hasNot'],
  text: ['has', 'hasNot'],
  from: ['has', 'hasNot'],
  to: ['has', 'hasNot'],
  filename: ['has', 'hasNot'],
  custom: ['is', 'not', 'all', 'over', 'under', 'within', 'older', 'before', 'after', 'has', 'hasNot'],
  customerCustom: ['is', 'not', 'all', 'over', 'under', 'within', 'older', 'before', 'after', 'has', 'hasNot'],
};

/** How a field of the shop's own can be asked, by what its values are. */
export const CUSTOM_OPERATORS: Record<CustomField['kind'], Operator[]> = {
  text: ['has', 'hasNot'],
  link: ['has', 'hasNot'],
  number: ['over', 'under'],
  date: ['within', 'older', 'before', 'after'],
  yesNo: ['is'],
  choice: ['is', 'not'],
  choices: ['is', 'all', 'not'],
};

const SPAN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** The length of an ISO 8601 time such as PT4H or P2D; null where it is none. */
export function spanMs(value: string): number | null {
  const found = SPAN.exec(value);
  if (!found || value === 'P' || value.endsWith('T')) return null;
  const [, days = 0, hours = 0, minutes = 0] = found;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}

/** What the address bar may hold: anything else is left out. */
export function readConditions(value: unknown): Condition[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(
    (one: Partial<Condition> | null): one is Condition =>
      typeof one === 'object' &&
      one !== null &&
      typeof one.field === 'string' &&
      Object.hasOwn(OPERATORS, one.field) &&
      typeof one.operator === 'string' &&
      OPERATORS[one.field as Field].includes(one.operator) &&
      isCustom(one.field) === (typeof one.key === 'string') &&
      Array.isArray(one.values) &&
      one.values.length > 0 &&
      one.values.every((each) => typeof each === 'string'),
  );
}

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
