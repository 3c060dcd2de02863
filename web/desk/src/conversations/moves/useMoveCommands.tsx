import { IconArrowMerge, IconArrowsSplit2, IconLink, IconLinkOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Conversation } from '../../api/types';
import { useCommands, when } from '../../platform/commands';
import { t } from '../../platform/i18n';
import { useSession } from '../../staff/session';
import { useFilter, useOpenId } from '../useListing';
import { moving, unlink } from './moves';

const ICON = 16;

/** Merging, taking out and linking, by key and palette; and the way from an old number to the one that stands for it. */
export function useMoveCommands(conversation: Conversation): void {
  const { may } = useSession();
  const asked = useOpenId();
  const navigate = useNavigate();
  const filter = useFilter();
  const led = asked !== null && asked !== conversation.id;
  useEffect(() => {
    if (!led) return;
    void navigate({
      to: '/inbox/$view/$conversationId',
      params: { view: filter.view, conversationId: String(conversation.id) },
      search: { q: filter.q, brand: filter.brand },
      replace: true,
    });
  }, [led, conversation.id, filter, navigate]);
  useEffect(() => () => moving.set(null), [conversation.id]);
  useCommands(
    when(
      may('conversations:change'),
      {
        id: 'merge',
        label: t('Merge with another conversation…'),
        group: 'Conversation',
        chord: 'm',
        words: t('join combine together'),
        icon: <IconArrowMerge size={ICON} />,
        run: () => moving.set('merge'),
      },
      {
        id: 'take-out',
        label: t('Take messages out into a new conversation…'),
        group: 'Conversation',
        chord: 'X',
        words: t('split separate'),
        icon: <IconArrowsSplit2 size={ICON} />,
        run: () => moving.set('takeOut'),
      },
      {
        id: 'link',
        label: t('Link with another conversation…'),
        group: 'Conversation',
        words: t('same continues relation'),
        icon: <IconLink size={ICON} />,
        run: () => moving.set('link'),
      },
      ...conversation.linked.map((each) => ({
        id: `unlink-${each.id}`,
        label: t('Remove the link with #{number}', { number: each.number }),
        group: 'Conversation' as const,
        words: each.subject,
        icon: <IconLinkOff size={ICON} />,
        onlyWhenSearched: true,
        run: () => void unlink(conversation.id, each.id),
      })),
    ),
  );
}
