import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { t } from '../../platform/i18n';
import { KeyCaps } from '../../platform/KeyCaps';
import { useSession } from '../../staff/session';
import { messagesQuery } from '../queries';
import { saw } from './seen';
import classes from './Company.module.css';

interface Props {
  conversationId: number;
  /** The newest message that the agent had seen when they sent. */
  since: number;
  reason: string;
  sendAnyway: () => void;
}

const MOST_SHOWN = 3;

/** An answer did not go out because somebody wrote meanwhile: what they wrote, and the choice. */
export function Crossed({ conversationId, since, reason, sendAnyway }: Props) {
  const { agent } = useSession();
  const { data } = useInfiniteQuery(messagesQuery(conversationId));
  const arrived = (data?.pages[0]?.items ?? [])
    .filter((message) => message.id > since && message.direction !== 'note' && message.agent?.id !== agent.id)
    .slice(0, MOST_SHOWN)
    .reverse();
  return (
    <div role="alert" className={classes.crossed}>
      <p>
        <strong>{t('Not sent yet.')}</strong> {reason}
      </p>
      {arrived.map((message) => (
        <p key={message.id} className={`truncate ${classes.arrived}`} dir="auto">
          <strong>{message.agent?.name ?? message.from.name ?? message.from.address}</strong> {message.ownText || message.text}
        </p>
      ))}
      <div className={classes.choice}>
        <Button
          size="xs"
          disabled={arrived.length === 0}
          onClick={() => {
            saw(conversationId, Math.max(...arrived.map((message) => message.id)));
            sendAnyway();
          }}
          rightSection={<KeyCaps chord="mod+Enter" />}>
          {t('Send anyway')}
        </Button>
        <span>{t('Or change your answer; your words are kept.')}</span>
      </div>
    </div>
  );
}
