import type { Condition, CustomField } from '../../api/types';

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
