import type { Brand, Condition, ViewSort } from '../../api/types';
import { plural, t } from '../../platform/i18n';
import type { Field, Operator } from './conditions';

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
  };
  return names[field];
}

export function operatorName(field: Field, operator: Operator): string {
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
  }
}

export function describe({ field, operator, values }: Condition, names: Names): { field: string; operator: string; values: string } {
  const shown = values.slice(0, 3).map((value) => valueName(field, value, names));
  if (values.length > 3) shown.push(`+${values.length - 3}`);
  return { field: fieldName(field), operator: operatorName(field, operator), values: shown.join(', ') };
}
