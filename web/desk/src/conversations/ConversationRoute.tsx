import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useDeferredValue, useEffect } from 'react';
import type { Conversation, ConversationRow } from '../api/types';
import { CustomerSide } from '../customers/CustomerSide';
import { customerQuery } from '../customers/queries';
import { Bone } from '../platform/Bone';
import { t, useLanguage } from '../platform/i18n';
import { queryClient } from '../platform/queries';
import { Boundary, Trouble } from '../platform/Trouble';
import { useAtConversation } from './company/useAtConversation';
import { Composer } from './composer/Composer';
import { WaitingHere } from './composer/WaitingHere';
import classes from './Conversation.module.css';
import { ConversationHead } from './head/ConversationHead';
import { LinkedConversations } from './head/LinkedConversations';
import { moving } from './moves/moves';
import { useMoveCommands } from './moves/useMoveCommands';
import { followersQuery } from './notifications/queries';
import { conversationQuery, knownFromList, newestMessages, prefetchConversation } from './queries';
import { SpamNotice } from './SpamNotice';
import { worthOfMessage } from './thread/mailHtml';
import { Thread, ThreadBones } from './thread/Thread';
import { picker } from './ui';
import { useConversationCommands } from './useConversationCommands';
import { useOpenId, useWalk } from './useListing';

const MoveDialogs = lazy(() => import('./moves/MoveDialogs'));

export function ConversationRoute() {
  useLanguage();
  const id = useOpenId() ?? -1;
  const query = useQuery({ ...conversationQuery(id), placeholderData: () => knownFromList(id) });
  useEffect(() => () => picker.set(null), [id]);
  if (query.data) {
    return (
      <Boundary what={t('this conversation')} resetKey={id}>
        <OpenConversation conversation={query.data} complete={!query.isPlaceholderData} />
      </Boundary>
    );
  }
  if (query.isError) return <Trouble error={query.error} what={t('this conversation')} retry={() => void query.refetch()} />;
  return <ConversationBones />;
}

function OpenConversation({ conversation, complete }: { conversation: Conversation; complete: boolean }) {
  const actions = useConversationCommands(conversation);
  useAtConversation(conversation.id);
  useMoveCommands(conversation);
  const moves = moving.use();
  // Drawn after the words, which are what is waited for.
  const beside = useDeferredValue(conversation);
  const { nextRow, previousRow } = useWalk();
  usePrefetched(nextRow);
  usePrefetched(previousRow);
  return (
    <div className={classes.both}>
      <section className={classes.conversation} aria-label={t('Conversation')}>
        <ConversationHead conversation={conversation} actions={actions} />
        <LinkedConversations linked={conversation.linked} />
        <SpamNotice conversation={conversation} />
        <Threads id={conversation.id} />
        <WaitingHere conversationId={conversation.id} />
        <Composer key={`composer-${conversation.id}`} conversation={conversation} complete={complete} afterClosing={actions.afterClosing} />
      </section>
      <CustomerSide conversation={beside} />
      {moves && (
        <Suspense fallback={null}>
          <MoveDialogs conversation={conversation} />
        </Suspense>
      )}
    </div>
  );
}

/** The one read before goes once this one is drawn: to take the frames of its mails away is work. */
function Threads({ id }: { id: number }) {
  const before = useDeferredValue(id);
  return [...new Set([before, id])].map((each) => (
    <div key={each} className={classes.thread} hidden={each !== id}>
      <Thread id={each} />
    </div>
  ));
}

/** So many mails at the end of a neighbour are looked into before it is opened: as many as are drawn first. */
const READ_AHEAD = 6;

/** A neighbour in the list, with its customer; once this one is drawn, which it must not race for the line. */
function usePrefetched(row: ConversationRow | undefined): void {
  const id = row?.id;
  const customerId = row?.customer.id;
  useEffect(() => {
    if (id === undefined || customerId === undefined) return;
    const timer = setTimeout(() => {
      void prefetchConversation(id).then(() => newestMessages(id, READ_AHEAD).forEach(worthOfMessage));
      void queryClient.prefetchQuery(followersQuery(id));
      void queryClient.prefetchQuery(customerQuery(customerId));
    }, 150);
    return () => clearTimeout(timer);
  }, [id, customerId]);
}

function ConversationBones() {
  return (
    <div className={classes.both} aria-busy="true">
      <div className={classes.conversation}>
        <div className={classes.headBones}>
          <Bone width="45%" height={16} />
          <Bone width="25%" />
        </div>
        <ThreadBones />
      </div>
      <div className={classes.sideBones}>
        <Bone width={48} height={48} round />
        <Bone width="70%" />
        <Bone width="90%" />
        <Bone width="90%" />
      </div>
    </div>
  );
}
