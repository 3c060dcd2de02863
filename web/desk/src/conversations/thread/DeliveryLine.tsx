import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import type { InfiniteData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Message, Page } from '../../api/types';
import { plural, t } from '../../platform/i18n';
import { keys, queryClient } from '../../platform/queries';
import { useNow } from '../../platform/Time';
import { useSession } from '../../staff/session';
import { cancel, resend, sendNow, undoSend } from '../composer/sending';
import { describeDelivery } from './describe';
import classes from './Message.module.css';

function useSecondsLeft(until: string | null): number {
  const left = () => (until ? Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000)) : 0);
  const [, tick] = useState(0);
  const seconds = left();
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => tick((n) => n + 1), 1_000);
    return () => clearTimeout(timer);
  });
  return seconds;
}

function whoWroteSince(message: Message): string | null {
  const loaded = queryClient.getQueryData<InfiniteData<Page<Message>>>(keys.messages(message.conversationId));
  const newest = loaded?.pages.flatMap((page) => page.items).find((each) => each.direction === 'inbound');
  return newest?.from.name ?? newest?.from.address ?? null;
}

/** What became of a message of ours, in words, and what can be done about it. */
export function DeliveryLine({ message }: { message: Message }) {
  const { agent, may } = useSession();
  const now = useNow();
  const seconds = useSecondsLeft(message.delivery?.undoableUntil ?? null);
  if (!message.delivery) return null;
  const { state, attempts } = message.delivery;
  const { text, tone } = describeDelivery(message.delivery, seconds > 0 ? Date.now() : now, state === 'held' ? whoWroteSince(message) : null);
  const stuck = state === 'failed' || state === 'deferred';
  const Sign = tone !== 'quiet' ? IconAlertTriangle : state === 'sent' ? IconCheck : IconClock;
  return (
    <div className={classes.delivery} data-tone={tone}>
      <Sign size={14} aria-hidden />
      <div className={classes.deliveryWords}>
        {text}
        {stuck && attempts > 1 && ` ${plural(attempts, 'Tried {n} time.', 'Tried {n} times.')}`}
        {seconds > 0 && may('conversations:reply') && (
          <button type="button" className={classes.inlineAction} onClick={() => void undoSend(message, agent.id)}>
            {t('Undo')} <span aria-hidden>({seconds})</span>
          </button>
        )}
        {(state === 'scheduled' || state === 'held') && may('conversations:reply') && (
          <>
            <button type="button" className={classes.inlineAction} onClick={() => void sendNow(message)}>
              {state === 'held' ? t('Send anyway') : t('Send now')}
            </button>
            <button type="button" className={classes.inlineAction} onClick={() => void undoSend(message, agent.id)}>
              {t('Edit')}
            </button>
            <button type="button" className={classes.inlineAction} onClick={() => void cancel(message)}>
              {t('Cancel')}
            </button>
          </>
        )}
        {stuck && may('conversations:reply') && (
          <button type="button" className={classes.inlineAction} onClick={() => void resend(message)}>
            {state === 'failed' ? t('Send again') : t('Try now')}
          </button>
        )}
      </div>
    </div>
  );
}
