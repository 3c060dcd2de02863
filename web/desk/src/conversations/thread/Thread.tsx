import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ConversationEvent, Message } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { t } from '../../platform/i18n';
import { Trouble } from '../../platform/Trouble';
import { eventsQuery, messagesQuery } from '../queries';
import { EventFold } from './EventFold';
import { MessageCard } from './MessageCard';
import classes from './Thread.module.css';

type Piece = { key: string; message: Message } | { key: string; events: ConversationEvent[] };

const isToCome = ({ delivery }: Message) => delivery?.state === 'scheduled' || delivery?.state === 'held';
const leaves = ({ delivery }: Message) => Date.parse(delivery?.scheduledFor ?? '') || 0;

/**
 * Messages in the order of time, what is to leave later last, with what happened between them. Events older than the oldest loaded
 * message wait for it.
 */
function weave(messages: Message[], events: ConversationEvent[], complete: boolean): Piece[] {
  const since = complete ? 0 : Date.parse(messages[0]?.receivedAt ?? '');
  const told = events.filter(
    (event) => event.name.startsWith('Conversation') && event.name !== 'ConversationStarted' && Date.parse(event.at) >= since,
  );
  const pieces: Piece[] = [];
  let at = 0;
  const takeUntil = (time: number) => {
    const taken: ConversationEvent[] = [];
    for (let event = told[at]; event && Date.parse(event.at) < time; event = told[++at]) taken.push(event);
    if (taken[0]) pieces.push({ key: `e${taken[0].id}`, events: taken });
  };
  for (const message of messages.filter((each) => !isToCome(each))) {
    takeUntil(Date.parse(message.receivedAt));
    pieces.push({ key: `m${message.id}`, message });
  }
  takeUntil(Number.POSITIVE_INFINITY);
  const toCome = messages.filter(isToCome).sort((a, b) => leaves(a) - leaves(b));
  return [...pieces, ...toCome.map((message) => ({ key: `m${message.id}`, message }))];
}

const NEAR_END = 80;
const MARGIN = 16;

export function Thread({ id }: { id: number }) {
  const query = useInfiniteQuery(messagesQuery(id));
  const events = useQuery(eventsQuery(id)).data;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const fromEnd = useRef(0);
  const [unseen, setUnseen] = useState(false);

  const messages = useMemo(() => query.data?.pages.flatMap((page) => page.items).reverse() ?? [], [query.data]);
  const pieces = useMemo(() => weave(messages, events ?? [], !query.hasNextPage), [messages, events, query.hasNextPage]);
  const newest = messages[messages.length - 1]?.id;
  const oldest = messages[0]?.id;

  const toEnd = () => {
    const element = scroller.current;
    if (!element) return;
    const last = content.current?.lastElementChild;
    // A mail taller than the pane is read from its first line, not its last.
    const tall = last instanceof HTMLElement && last.offsetHeight > element.clientHeight - MARGIN;
    element.scrollTop = tall ? last.offsetTop - MARGIN : element.scrollHeight;
  };

  // Earlier messages push the text down; what was being read must stay where it is.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && !atEnd.current) element.scrollTop = element.scrollHeight - fromEnd.current;
  }, [oldest]);

  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setUnseen(true);
  }, [newest]);

  // Frames and pictures grow after they are placed; the end stays the end meanwhile.
  useLayoutEffect(() => {
    const element = content.current;
    if (!element) return;
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(element);
    return () => observer.disconnect();
  }, [query.isPending]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    fromEnd.current = element.scrollHeight - element.scrollTop;
    atEnd.current = fromEnd.current - element.clientHeight < NEAR_END;
    if (atEnd.current) setUnseen(false);
  };

  if (query.isPending) return <ThreadBones />;
  if (query.isError && messages.length === 0) {
    return <Trouble error={query.error} what={t('this conversation')} retry={() => void query.refetch()} />;
  }
  return (
    <div className={classes.frame}>
      <div ref={scroller} className={classes.scroller} onScroll={onScroll} tabIndex={0} role="region" id="messages" aria-label={t('Messages')}>
        <div ref={content} className={classes.content}>
          {query.hasNextPage && (
            <Button
              variant="default"
              className={classes.earlier}
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('Earlier messages')}
            </Button>
          )}
          {pieces.map((piece) =>
            'message' in piece ? (
              <MessageCard key={piece.key} message={piece.message} />
            ) : (
              <EventFold key={piece.key} events={piece.events} />
            ),
          )}
        </div>
      </div>
      {unseen && (
        <Button className={classes.unseen} radius="xl" leftSection={<IconArrowDown size={16} />} onClick={toEnd}>
          {t('New message')}
        </Button>
      )}
    </div>
  );
}

export function ThreadBones() {
  return (
    <div className={classes.frame} aria-busy="true" aria-label={t('Loading messages')} role="region">
      <div className={classes.scroller}>
        <div className={classes.content}>
          {[64, 132, 88].map((height) => (
            <div key={height} className={classes.bone}>
              <div className={classes.boneHead}>
                <Bone width={28} height={28} round />
                <Bone width={140} />
              </div>
              <Bone width="90%" height={height} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
