import type { ConversationEvent } from '../../api/types';
import { t } from '../../platform/i18n';

/** "Mia merged #12 into this"; null for what is neither moved nor linked. */
export function describeMove(event: ConversationEvent, who: string): string | null {
  const other = event.detail.other ?? '';
  switch (event.name) {
    case 'ConversationsMerged':
      return t('{who} merged #{other} into this', { who, other });
    case 'ConversationMergeUndone':
      return t('{who} undid the merge with #{other}', { who, other });
    case 'ConversationSplit':
      return t('{who} took messages out into #{other}', { who, other });
    case 'ConversationSplitUndone':
      return t('{who} put the messages of #{other} back', { who, other });
    case 'ConversationLinked':
      return t('{who} linked this with #{other}', { who, other });
    case 'ConversationUnlinked':
      return t('{who} removed the link with #{other}', { who, other });
    default:
      return null;
  }
}
