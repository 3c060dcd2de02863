import type { Brand, Condition, CustomField, ViewSort } from '../../api/types';
import { plural, t } from '../../platform/i18n';
import { type Field, isCustom, type Operator } from './conditions';

export function fieldName(field: Field): string {
  const names: Record<Field, string> = {
    status: t('Status'),
    assignee: t('Assigned to'),
    team: t('Team'),
    brand: t('Brand'),
    tag: t('Tag'),
    priority: t('Priority'),
    channel: t('Channel'),
    customer: t('Customer'),
    unread: t('Unread'),
    following: t('Followed'),
    draft: t('Draft of yours'),
    scheduled: t('Leaves later'),
    waiting: t('Waiting'),
    created: t('Begun'),
    activity: t('Last message'),
    attachment: t('Attachment'),
    note: t('Note'),
    reply: t('Answer of ours'),
    deliveryProblem: t('Delivery problem'),
    subject: t('Subject'),
    text: t('Words'),
    from: t('Written by'),
    to: t('Written to'),
    filename: t('File name'),
    custom: t('Field'),
    customerCustom: t('Field'),
  };
  return names[field];
}

/** The field of the shop's own that a condition asks about; undefined where it is gone or asks about something else. */
export function customOf({ field, key }: Pick<Condition, 'field' | 'key'>, names: Names): CustomField | undefined {
  if (!isCustom(field)) return undefined;
  const subject = field === 'custom' ? 'conversation' : 'customer';
  return names.fields.find((each) => each.subject === subject && each.key === key);
}

/** What a condition asks about. */
export function askedName(condition: Pick<Condition, 'field' | 'key'>, names: Names): string {
  return isCustom(condition.field) ? (customOf(condition, names)?.name ?? condition.key ?? '') : fieldName(condition.field);
}

export function operatorName(field: Field, operator: Operator): string {
  if (isCustom(field) && operator === 'over') return t('more than');
  switch (operator) {
    case 'is':
      return field === 'tag' ? t('any of') : t('is');
    case 'not':
      return field === 'tag' ? t('none of') : t('is not');
    case 'all':
      return t('all of');
    case 'over':
      return t('longer than');
    case 'under':
      return t('at most');
    case 'before':
      return t('before');
    case 'after':
      return t('after');
    case 'within':
      return t('in the last');
    case 'older':
      return t('longer ago than');
    case 'has':
      return t('contains');
    case 'hasNot':
      return t('does not contain');
  }
}

export function sortName(sort: ViewSort): string {
  const names: Record<ViewSort, string> = {
    newest: t('Newest activity'),
    oldest: t('Oldest activity'),
    waiting: t('Longest waiting'),
    created: t('Latest begun'),
    priority: t('Most urgent'),
    due: t('Next to come back'),
  };
  return names[sort];
}

/** PT4H as people say it. */
export function spanName(value: string): string {
  const days = /^P(\d+)D$/.exec(value)?.[1];
  if (days) return plural(Number(days), '{n} day', '{n} days');
  const hours = /^PT(\d+)H$/.exec(value)?.[1];
  if (hours) return plural(Number(hours), '{n} hour', '{n} hours');
  const minutes = /^PT(\d+)M$/.exec(value)?.[1];
  return minutes ? plural(Number(minutes), '{n} minute', '{n} minutes') : value;
}

/** What ids stand for. */
export interface Names {
  agents: { id: number; name: string }[];
  tags: { id: number; name: string }[];
  brands: Pick<Brand, 'id' | 'name'>[];
  teams: { id: number; name: string }[];
  fields: CustomField[];
}

export function valueName(field: Field, value: string, names: Names): string {
  const named = (all: { id: number; name: string }[]) => all.find((each) => String(each.id) === value)?.name ?? `#${value}`;
  const words: Record<string, string> = {
    open: t('Open'),
    waiting: t('Waiting'),
    snoozed: t('Snoozed'),
    resolved: t('Resolved'),
    spam: t('Spam'),
    urgent: t('Urgent'),
    high: t('High'),
    normal: t('Normal'),
    low: t('Low'),
    yes: t('yes'),
    no: t('no'),
    email: t('Email'),
    me: t('You'),
    none: t('Nobody'),
    mine: t('Mine'),
  };
  switch (field) {
    case 'assignee':
      return words[value] ?? named(names.agents);
    case 'team':
      return words[value] ?? named(names.teams);
    case 'tag':
      return named(names.tags);
    case 'brand':
      return named(names.brands);
    case 'waiting':
    case 'created':
    case 'activity':
      return value.startsWith('P') ? spanName(value) : value.slice(0, 10);
    case 'status':
    case 'priority':
    case 'channel':
    case 'unread':
    case 'following':
    case 'draft':
    case 'scheduled':
    case 'attachment':
    case 'note':
    case 'reply':
    case 'deliveryProblem':
      return words[value] ?? value;
    case 'customer':
      return `#${value}`;
    case 'subject':
    case 'text':
    case 'from':
    case 'to':
    case 'filename':
      return `“${value}”`;
    case 'custom':
    case 'customerCustom':
      return value;
  }
}

/** A value of one of the shop's own fields, as it is called there. */
export function customValue(field: CustomField | undefined, value: string): string {
  switch (field?.kind) {
    case 'choice':
    case 'choices':
      return field.choices.find((choice) => choice.key === value)?.name ?? value;
    case 'yesNo':
      return value === 'yes' ? t('yes') : t('no');
    case 'text':
    case 'link':
      return `“${value}”`;
    case 'date':
      return value.startsWith('P') ? spanName(value) : value;
    case 'number':
    case undefined:
      return value;
  }
}

export function describe(condition: Condition, names: Names): { field: string; operator: string; values: string } {
  const { field, operator, values } = condition;
  const custom = customOf(condition, names);
  const shown = values.slice(0, 3).map((value) => (isCustom(field) ? customValue(custom, value) : valueName(field, value, names)));
  if (values.length > 3) shown.push(`+${values.length - 3}`);
  return { field: askedName(condition, names), operator: operatorName(field, operator), values: shown.join(', ') };
}
