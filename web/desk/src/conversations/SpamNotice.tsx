import { Button } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import type { Conversation } from '../api/types';
import { useSession } from '../staff/session';
import { t } from '../platform/i18n';
import { changeStatus } from './changes';
import classes from './SpamNotice.module.css';

/** Why a conversation lies in spam, and the way out of it. */
export function SpamNotice({ conversation }: { conversation: Conversation }) {
  const { may } = useSession();
  if (conversation.status !== 'spam') return null;
  return (
    <div className={classes.notice} role="note">
      <IconAlertOctagon size={16} aria-hidden />
      <p className={classes.why}>
        <strong>{t('In spam.')}</strong> {conversation.spamReason ?? t('A colleague put it there.')}
      </p>
      {may('conversations:change') && (
        <Button size="compact-sm" variant="default" onClick={() => void changeStatus(conversation, 'open')}>
          {t('Not spam')}
        </Button>
      )}
    </div>
  );
}
