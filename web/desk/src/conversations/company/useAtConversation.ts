import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { lookAt, stopTyping } from '../../platform/live/whereabouts';
import { messagesQuery } from '../queries';
import { hides, shows } from './seen';

/** Tells colleagues that one is here, and remembers what one has seen. */
export function useAtConversation(id: number): void {
  const { data } = useInfiniteQuery(messagesQuery(id));
  const newest = data?.pages[0]?.items.reduce((most, message) => Math.max(most, message.id), 0) ?? 0;
  useEffect(() => {
    lookAt(id);
    return () => {
      stopTyping();
      lookAt(null);
      hides(id);
    };
  }, [id]);
  useEffect(() => {
    if (newest > 0) shows(id, newest);
  }, [id, newest]);
}
