import { IconRobot } from '@tabler/icons-react';
import type { Message } from '../../api/types';
import { t } from '../../platform/i18n';
import classes from './Message.module.css';

const KINDS = {
  message: null,
  get auto_reply() { return t('Automatic reply'); },
  get bounce() { return t('Could not be delivered'); },
  get list() { return t('List or notification'); },
  get receipt() { return t('Receipt'); },
  get challenge() { return t('Asks whether we are a person'); },
} as const;

/** What a message is where no person wrote it to us; why it is taken for that stands in its title and for screen readers. */
export function KindBadge({ message }: { message: Message }) {
  const kind = KINDS[message.kind];
  if (!kind) return null;
  const tone = message.kind === 'bounce' ? 'bad' : message.kind === 'challenge' ? 'warn' : undefined;
  return (
    <span className={classes.badge} data-tone={tone} title={message.kindReason ?? undefined}>
      <IconRobot size={14} aria-hidden /> {kind}
      {message.kindReason && <span className="visually-hidden">. {message.kindReason}</span>}
    </span>
  );
}
