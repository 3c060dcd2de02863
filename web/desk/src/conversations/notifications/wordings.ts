import { plural, t } from '../../platform/i18n';
import type { NotificationKind, NotificationLine } from './queries';

/** What happened, in a few words. */
export function whatHappened(line: NotificationLine): string {
  const name = line.actor?.name ?? t('Somebody');
  switch (line.kind) {
    case 'mentioned':
      return t('{name} mentioned you', { name });
    case 'failed':
      return t('An answer could not be delivered');
    case 'held':
      return t('A scheduled answer is held back');
    case 'assigned':
      return t('{name} gave it to you', { name });
    case 'noted':
      return t('{name} wrote a note', { name });
    case 'followed':
      return line.actor ? t('{name} wrote a note', { name }) : t('{name} wrote', { name: customerOf(line) });
    case 'answered':
    case 'unassigned':
      return t('{name} wrote', { name: customerOf(line) });
    case 'woken':
      return t('Put off until now');
  }
}

export function customerOf(line: NotificationLine): string {
  return line.customerName || line.customerAddress || t('The customer');
}

/** How much more is behind the line than it says. */
export function andMore(line: NotificationLine): string | null {
  return line.count > 1 ? plural(line.count - 1, 'and {n} more', 'and {n} more') : null;
}

/** For the matrix of the settings: when, and why that is usual. */
export function kindWords(kind: NotificationKind): { label: string; description?: string } {
  switch (kind) {
    case 'mentioned':
      return { label: t('A colleague mentions me'), description: t('With @ in a note: somebody waits for you in person.') };
    case 'failed':
      return { label: t('An answer of mine fails'), description: t('It could not be delivered, or came back.') };
    case 'held':
      return { label: t('A scheduled answer is held back'), description: t('Somebody wrote before it left.') };
    case 'assigned':
      return { label: t('I am given a conversation'), description: t('By somebody else.') };
    case 'answered':
      return { label: t('A customer writes in one of mine') };
    case 'noted':
      return { label: t('A colleague writes a note in one of mine') };
    case 'followed':
      return { label: t('Anything new in one that I follow'), description: t('From customers and colleagues.') };
    case 'woken':
      return { label: t('A conversation that was put off is due') };
    case 'unassigned':
      return { label: t('A customer writes and nobody has taken it'), description: t('For whoever hands out the work.') };
  }
}
