import { t } from '../../platform/i18n';
import type { OperatorName } from './query';

/** What each operator is for, in a few words. */
export function operatorWords(operator: OperatorName): string {
  const words: Record<OperatorName, string> = {
    is: t('how it stands: open, unread, mine …'),
    from: t('who wrote'),
    to: t('who was written to'),
    subject: t('words of the subject'),
    tag: t('what it is tagged'),
    assignee: t('who looks after it'),
    team: t('which team has it'),
    has: t('attachment, note, reply or draft'),
    filename: t('what a file is called'),
    customer: t('a customer’s name or address'),
    before: t('last message before a day, or 7d ago'),
    after: t('last message since a day, or 7d'),
    on: t('last message on a day'),
    priority: t('low, normal, high or urgent'),
    channel: t('email'),
    brand: t('which brand'),
    number: t('the conversation’s number'),
  };
  return words[operator];
}

/** Shown as an example beside each operator. */
export const EXAMPLES: Record<OperatorName, string> = {
  is: 'is:open',
  from: 'from:anna',
  to: 'to:info@',
  subject: 'subject:order',
  tag: 'tag:refund',
  assignee: 'assignee:me',
  team: 'team:mine',
  has: 'has:attachment',
  filename: 'filename:invoice',
  customer: 'customer:smith',
  before: 'before:2026-11',
  after: 'after:7d',
  on: 'on:yesterday',
  priority: 'priority:urgent',
  channel: 'channel:email',
  brand: 'brand:north',
  number: '#1042',
};
