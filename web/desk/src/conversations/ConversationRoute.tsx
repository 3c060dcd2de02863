import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Conversation } from '../api/types';
import { CustomerSide } from '../customers/CustomerSide';
import { Bone } from '../platform/Bone';
import { t, useLanguage } from '../platform/i18n';
import { Boundary, Trouble } from '../platform/Trouble';
import { Composer } from './composer/Composer';
import classes from './Conversation.module.css';
import { ConversationHead } from './head/ConversationHead';
import { LinkedConversations } from './head/LinkedConversations';
import { conversationQuery, knownFromList, prefetchConversation } from './queries';
import { SpamNotice } from './SpamNotice';
import { Thread, ThreadBones } from './thread/Thread';
import { picker } from './ui';
import { useConversationCommands } from './useConversationCommands';
import { useOpenId, useWalk } from './useListing';

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
  const { nextRow, previousRow } = useWalk();
  const next = nextRow?.id;
  const previous = previousRow?.id;
  useEffect(() => {
    // After this one is drawn: the neighbours must not race it for the line.
    const timer = setTimeout(() => {
      if (next !== undefined) prefetchConversation(next);
      if (previous !== undefined) prefetchConversation(previous);
    }, 150);
    return () => clearTimeout(timer);
  }, [next, previous]);
  return (
    <div className={classes.both}>
      <section className={classes.conversation} aria-label={t('Conversation')}>
        <ConversationHead conversation={conversation} actions={actions} />
        <LinkedConversations linked={conversation.linked} />
        <SpamNotice conversation={conversation} />
        <Thread key={`thread-${conversation.id}`} id={conversation.id} />
        <Composer key={`composer-${conversation.id}`} conversation={conversation} complete={complete} afterClosing={actions.afterClosing} />
      </section>
      <CustomerSide conversation={conversation} />
    </div>
  );
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
