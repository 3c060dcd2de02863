import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { Unreachable } from '../../platform/http';
import { plural, t, useLanguage } from '../../platform/i18n';
import { Trouble } from '../../platform/Trouble';
import { useSession } from '../../staff/session';
import { FindBar } from '../find/FindBar';
import { finding } from '../find/finding';
import { FoundMarks } from '../find/FoundMarks';
import { useFilter } from '../useListing';
import { conversationQuery, eventsQuery, letGo, loadAllMessages, messagesQuery } from '../queries';
import { type Reader, useReading } from '../reading/reading';
import { SeenBy } from '../reading/SeenBy';
import { DayLine, LaterLine, NewLine } from './lines';
import { EventFold } from './EventFold';
import { MessageCard } from './MessageCard';
import { atOnce, firstUnread, guessedHeight, type Piece, weave } from './pieces';
import { Slot } from './Slot';
import classes from './Thread.module.css';
import { unfoldEverything } from './unfolding';
import { ThreadDialogs } from './ThreadDialogs';
import { paneHeight, useScrolling } from './useScrolling';
import { useThreadCommands } from './useThreadCommands';
import { threadView } from './view';

/** So often in vain: after some seconds, which are more than a restart takes. */
const TELL_AFTER = 3;

export const Thread = memo(function Thread({ id }: { id: number }) {
  useLanguage();
  const { agent } = useSession();
  const query = useInfiniteQuery(messagesQuery(id));
  const events = useQuery(eventsQuery(id)).data;
  const readers = useQuery(conversationQuery(id)).data?.readers;
  const messages = useMemo(() => query.data?.pages.flatMap((page) => page.items).reverse() ?? [], [query.data]);
  const marked = useMarkWhenOpened(readers, agent.id);
  const unread = useMemo(() => firstUnread(messages, marked?.messageId ?? null, agent.id), [messages, marked, agent.id]);
  const complete = !query.hasNextPage;
  const pieces = useMemo(() => weave(messages, events ?? [], complete, unread), [messages, events, complete, unread]);
  const first = useMemo(() => atOnce(pieces, paneHeight()), [pieces]);
  const seen = useMemo(() => seenAt(messages, readers ?? [], agent.id), [messages, readers, agent.id]);
  const newest = messages[messages.length - 1]?.id;
  const oldest = messages[0]?.id;
  const scrolling = useScrolling(newest, oldest, query.isPending);
  const isFinding = finding.use() > 0;
  const { q } = useFilter();

  useReading(id, messages);
  useEffect(letGo, []);
  useThreadCommands(id, messages);
  useEffect(
    () => () => {
      finding.set(0);
      unfoldEverything(false);
    },
    [],
  );

  const ids = useRef<number[]>([]);
  useLayoutEffect(() => {
    ids.current = pieces.flatMap((piece) => (piece.kind === 'message' ? [piece.message.id] : []));
  });
  const firstNew = unread?.id;
  useLayoutEffect(() => {
    const view = {
      conversationId: id,
      messageIds: () => ids.current,
      loadAll: () => loadAllMessages(id),
      toNewest: scrolling.toEnd,
      toFirstUnread: () => {
        void (firstNew === undefined ? loadAllMessages(id) : Promise.resolve())
          .then(soon)
          .then(() => scrolling.reveal(firstNew ?? ids.current[0] ?? 0, { block: 'start' }));
      },
      reveal: async (messageId: number, options = {}) => {
        // More than once: a page that was just being fetched for the scrolling may have taken its place.
        for (let tries = 0; tries < 3 && !ids.current.includes(messageId); tries++) {
          await loadAllMessages(id, messageId);
          for (let waits = 0; waits < 20 && !ids.current.includes(messageId); waits++) await soon();
        }
        // Known a moment before its place is drawn and says so.
        for (let waits = 0; waits < 20; waits++) {
          if (scrolling.reveal(messageId, options)) return true;
          await soon();
        }
        return false;
      },
    };
    threadView.set(view);
    return () => {
      if (threadView.get() === view) threadView.set(null);
    };
  }, [id, scrolling, firstNew]);

  // What lies above is fetched before anybody has to ask for it.
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  const { nearTop } = scrolling;
  useEffect(() => {
    if (nearTop && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [nearTop, hasNextPage, isFetchingNextPage, fetchNextPage, isError]);

  // Who waits for a server that is away is told so, while it is asked on.
  const away = query.isPending && query.failureCount >= TELL_AFTER && query.failureReason instanceof Unreachable;
  if (away || (query.isError && messages.length === 0)) {
    return <Trouble error={query.failureReason} what={t('this conversation')} retry={() => void query.refetch()} />;
  }
  if (query.isPending) return <ThreadBones />;
  const unreadCount = unread ? messages.filter((each) => each.id >= unread.id && each.agent?.id !== agent.id).length : 0;
  return (
    <div className={classes.frame}>
      <div
        ref={scrolling.scroller}
        className={classes.scroller}
        onScroll={scrolling.onScroll}
        tabIndex={0}
        role="region"
        aria-label={t('Messages')}
        data-thread={id}
      >
        <div ref={scrolling.content} className={classes.content}>
          {hasNextPage && (
            <Button variant="default" className={classes.earlier} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('Earlier messages')}
            </Button>
          )}
          {pieces.map((piece, index) => (
            <Slot
              key={piece.key}
              name={piece.key}
              message={piece.kind === 'message' ? piece.message.id : undefined}
              className={piece.kind === 'message' && piece.follows ? classes.follows : classes.slot}
              first={index >= first}
              guess={guessedHeight(piece)}
              windowing={scrolling.windowing}
              register={scrolling.registerFor(piece.key)}
            >
              {() => <PieceView piece={piece} since={marked?.seenAt ?? null} readers={seen} />}
            </Slot>
          ))}
        </div>
      </div>
      <ThreadDialogs messages={messages} />
      {isFinding ? <FindBar messages={messages} /> : q && <FoundMarks q={q} conversationId={id} messages={messages} />}
      {scrolling.above && unread && !isFinding && (
        <Button
          className={classes.unseenAbove}
          radius="xl"
          leftSection={<IconArrowUp size={16} />}
          onClick={() => threadView.get()?.toFirstUnread()}
        >
          {plural(unreadCount, '{n} new message', '{n} new messages')}
        </Button>
      )}
      {scrolling.unseen && (
        <Button className={classes.unseen} radius="xl" leftSection={<IconArrowDown size={16} />} onClick={scrolling.toEnd}>
          {t('New message')}
        </Button>
      )}
    </div>
  );
});

/** What was loaded is drawn a moment later. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 16));

interface PieceProps {
  piece: Piece;
  since: string | null;
  readers: Map<number, Reader[]>;
}

function PieceView({ piece, since, readers }: PieceProps) {
  switch (piece.kind) {
    case 'day':
      return <DayLine at={piece.at} />;
    case 'new':
      return <NewLine since={since} />;
    case 'later':
      return <LaterLine />;
    case 'events':
      return <EventFold events={piece.events} />;
    case 'message': {
      const seen = readers.get(piece.message.id);
      return (
        <>
          <MessageCard message={piece.message} follows={piece.follows} />
          {seen && <SeenBy readers={seen} />}
        </>
      );
    }
  }
}

/** How far the agent had read when they opened it: the line must not run away while they look. */
function useMarkWhenOpened(readers: Reader[] | undefined, me: number): Reader | null {
  const [mark, setMark] = useState<Reader | null | undefined>(undefined);
  if (mark === undefined && readers !== undefined) setMark(readers.find((each) => each.agentId === me) ?? null);
  return mark ?? null;
}

/** Each colleague below the newest message that they have seen, unless it is their own. */
function seenAt(messages: Message[], readers: Reader[], me: number): Map<number, Reader[]> {
  const at = new Map<number, Reader[]>();
  for (const reader of readers) {
    if (reader.agentId === me) continue;
    let last: Message | undefined;
    for (const message of messages) if (message.id > 0 && message.id <= reader.messageId) last = message;
    if (last && last.agent?.id !== reader.agentId) at.set(last.id, [...(at.get(last.id) ?? []), reader]);
  }
  return at;
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
