import {
  IconArrowDown,
  IconArrowUp,
  IconArrowsMaximize,
  IconFileZip,
  IconLink,
  IconMailOpened,
  IconPhoto,
  IconPrinter,
  IconQuote,
  IconSearch,
} from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Message } from '../../api/types';
import { type Command, useCommands, when } from '../../platform/commands';
import { copy } from '../../platform/CopyText';
import { t } from '../../platform/i18n';
import { toast } from '../../platform/toasts';
import { finding } from '../find/finding';
import { listedFiles, preview } from '../preview/preview';
import { quotedRest } from './describe';
import { original } from './original';
import { isEverythingUnfolded, isUnfolded, unfold, unfoldEverything } from './unfolding';
import { meantMessage, threadView, walkMessages } from './view';

const GROUP = 'Conversation';
const ICON = 16;

export function copyMessageLink(conversationId: number, messageId: number): void {
  const link = `${location.origin}/inbox/all/${conversationId}?message=${messageId}`;
  copy(link).then(
    () => toast(t('Link to the message copied')),
    // Where the browser forbids it, it is shown to be copied by hand.
    () => toast(link),
  );
}

export function printConversation(id: number): void {
  window.open(`/print/${id}`, '_blank', 'noopener');
}

/** Everything one can do while reading, and the message that a link leads to. */
export function useThreadCommands(id: number, messages: Message[]): void {
  useLinkedMessage(messages.length > 0);
  const meant = () => messages.find((message) => message.id === meantMessage());
  const files = listedFiles(messages);
  const withRest = (message: Message) => message.direction === 'inbound' && quotedRest(message) !== null;
  useCommands([
    {
      id: 'next-message',
      label: t('Next message'),
      group: GROUP,
      chord: '.',
      icon: <IconArrowDown size={ICON} />,
      run: () => walkMessages(1),
    },
    {
      id: 'previous-message',
      label: t('Previous message'),
      group: GROUP,
      chord: ',',
      icon: <IconArrowUp size={ICON} />,
      run: () => walkMessages(-1),
    },
    {
      id: 'first-unread',
      label: t('To the first new message, or the first of all'),
      group: GROUP,
      chord: 'Home',
      words: t('unread top'),
      icon: <IconArrowUp size={ICON} />,
      run: () => threadView.get()?.toFirstUnread(),
    },
    {
      id: 'last-message',
      label: t('To the newest message'),
      group: GROUP,
      chord: 'End',
      words: t('bottom'),
      icon: <IconArrowDown size={ICON} />,
      run: () => threadView.get()?.toNewest(),
    },
    {
      id: 'find',
      label: t('Find in this conversation'),
      group: GROUP,
      chord: 'mod+f',
      words: t('search words'),
      icon: <IconSearch size={ICON} />,
      run: () => finding.set(finding.get() + 1),
    },
    {
      id: 'unfold',
      label: t('Show or hide what the message quotes'),
      group: GROUP,
      chord: 'o',
      words: t('expand collapse quoted'),
      icon: <IconQuote size={ICON} />,
      run: () => {
        const message = meant();
        if (message && withRest(message)) unfold(message.id, !isUnfolded(message.id));
      },
    },
    {
      id: 'unfold-all',
      label: isEverythingUnfolded() ? t('Fold everything') : t('Unfold everything'),
      group: GROUP,
      chord: ';',
      words: t('expand collapse all quoted'),
      icon: <IconArrowsMaximize size={ICON} />,
      run: () => unfoldEverything(!isEverythingUnfolded()),
    },
    {
      id: 'copy-message-link',
      label: t('Copy the link to the message'),
      group: GROUP,
      chord: 'l',
      words: t('url share'),
      icon: <IconLink size={ICON} />,
      run: () => {
        const message = meant();
        if (message && message.id > 0) copyMessageLink(id, message.id);
      },
    },
    {
      id: 'original',
      label: t('Show the original mail'),
      group: GROUP,
      words: t('raw source headers eml'),
      icon: <IconMailOpened size={ICON} />,
      run: () => {
        const message = meant();
        const shown = message?.hasOriginal ? message : [...messages].reverse().find((each) => each.hasOriginal);
        if (shown) original.set(shown.id);
        else toast(t('None of these messages came as a mail.'));
      },
    },
    {
      id: 'print',
      label: t('Print the conversation'),
      group: GROUP,
      chord: 'mod+p',
      words: t('paper pdf'),
      icon: <IconPrinter size={ICON} />,
      run: () => printConversation(id),
    },
    ...when(
      files.length > 0,
      {
        id: 'preview',
        label: t('Look at the attachments'),
        group: GROUP,
        chord: 'v',
        words: t('files pictures gallery preview'),
        icon: <IconPhoto size={ICON} />,
        run: () => {
          // Of the message meant, else of the newest that has any: the first.
          const newest = files[files.length - 1]?.messageId;
          const from = meantMessage();
          const file = files.find((each) => each.messageId === from) ?? files.find((each) => each.messageId === newest);
          if (file) preview.set(file.id);
        },
      } satisfies Command,
      {
        id: 'download-all',
        label: t('Download all attachments'),
        group: GROUP,
        words: t('zip files'),
        icon: <IconFileZip size={ICON} />,
        run: () => location.assign(`/api/v1/conversations/${id}/attachments.zip`),
      } satisfies Command,
    ),
  ]);
}

/** A link names its message in the address: it is scrolled to and marked, and the address then forgets it. */
function useLinkedMessage(loaded: boolean): void {
  const { message } = useSearch({ from: '/desk/inbox/$view' });
  const navigate = useNavigate();
  useEffect(() => {
    if (message === undefined || !loaded) return;
    void threadView
      .get()
      ?.reveal(message, { focus: true, mark: true, block: 'start' })
      .then((found) => {
        if (!found) toast(t('The message of this link is no longer here.'));
        void navigate({ to: '.', search: (old) => ({ ...old, message: undefined }), replace: true });
      });
  }, [message, loaded, navigate]);
}
