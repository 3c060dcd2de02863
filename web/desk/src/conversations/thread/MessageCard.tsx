import { Menu } from '@mantine/core';
import { IconArrowForwardUp, IconDots, IconFileText, IconLink, IconMailForward, IconScissors, IconShieldQuestion } from '@tabler/icons-react';
import { lazy, memo, Suspense, useState } from 'react';
import type { MailAddress, Message } from '../../api/types';
import { Face } from '../../platform/Face';
import { t, useLanguage } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { LateMenu } from '../../platform/LateMenu';
import { Time } from '../../platform/Time';
import { SenderBadge } from '../SenderBadge';
import { AgentFace } from '../../staff/AgentFace';
import { useSession } from '../../staff/session';
import { write } from '../ui';
import { Attachments } from './Attachments';
import { DeliveryLine } from './DeliveryLine';
import { KindBadge } from './KindBadge';
import classes from './Message.module.css';
import { MessageBody } from './MessageBody';
import { AppointmentCard, MessageMarks } from './MessageMarks';
import { original } from './original';
import { copyMessageLink } from './useThreadCommands';

const RedirectDialog = lazy(() => import('./RedirectDialog').then((module) => ({ default: module.RedirectDialog })));
const SplitDialog = lazy(() => import('./SplitDialog').then((module) => ({ default: module.SplitDialog })));

const nameOf = (address: MailAddress) => address.name ?? address.address ?? t('unknown');

function Recipients({ message }: { message: Message }) {
  const to = message.to.map(nameOf).join(', ');
  const cc = message.cc.map(nameOf).join(', ');
  const bcc = message.bcc.map(nameOf).join(', ');
  const full = [...message.to, ...message.cc, ...message.bcc, ...message.replyTo]
    .map((each) => (each.name ? `${each.name} <${each.address}>` : each.address))
    .join('\n');
  if (!to && !cc) return null;
  return (
    <p className={`truncate ${classes.recipients}`} title={full}>
      {to && t('to {people}', { people: to })}
      {cc && <> · {t('copy to {people}', { people: cc })}</>}
      {bcc && <> · {t('blind copy to {people}', { people: bcc })}</>}
      {message.replyTo.length > 0 && <> · {t('answers to {people}', { people: message.replyTo.map(nameOf).join(', ') })}</>}
    </p>
  );
}

interface Props {
  message: Message;
  /** The message above is by the same author, a moment before: who they are need not be said again. */
  follows?: boolean;
}

/** One message or note. Who wrote it and when, its own words, what hangs on it, what became of it. */
export const MessageCard = memo(function MessageCard({ message, follows = false }: Props) {
  useLanguage();
  const { may } = useSession();
  const [splitting, setSplitting] = useState(false);
  const [passing, setPassing] = useState(false);
  const mine = message.direction !== 'inbound';
  const note = message.direction === 'note';
  const name = mine
    ? (message.agent?.name ?? message.from.name ?? 'Shopbell')
    : (message.from.name ?? message.from.address ?? t('Unknown sender'));
  return (
    <article
      className={classes.message}
      data-direction={message.direction}
      data-follows={follows || undefined}
      tabIndex={-1}
      aria-label={note ? t('Note from {name}', { name }) : t('Message from {name}', { name })}
    >
      <header className={classes.head}>
        {follows ? null : message.agent ? <AgentFace agent={message.agent} size={28} still /> : <Face name={name} size={28} />}
        <div className={classes.who}>
          <div className={classes.line}>
            {!follows && (
              <strong className={`truncate ${classes.name}`} dir="auto" title={name}>
                {name}
              </strong>
            )}
            {note && !follows && (
              <span className={classes.badge} data-tone="note">
                {t('Note, only for colleagues')}
              </span>
            )}
            <SenderBadge authentication={message.authentication} />
            <KindBadge message={message} />
            <MessageMarks message={message} />
            {(message.purpose === 'forward' || message.purpose === 'redirect') && (
              <span className={classes.badge}>{message.purpose === 'forward' ? t('Forwarded') : t('Passed on as it came')}</span>
            )}
            {message.thirdParty && (
              <span className={classes.badge} title={t('You had forwarded to them. Answers still go to the customer.')}>
                {t('Third party')}
              </span>
            )}
            {message.unverified && (
              <span
                className={classes.badge}
                data-tone="warn"
                title={t('This address has not written in this conversation before. Be careful with personal details.')}
              >
                <IconShieldQuestion size={14} aria-hidden /> {t('New sender')}
              </span>
            )}
            {!mine && !follows && message.from.name && message.from.address && (
              <span className={`truncate ${classes.address}`}>{message.from.address}</span>
            )}
          </div>
          {!note && !follows && <Recipients message={message} />}
        </div>
        <span className={classes.time}>
          <Time at={message.receivedAt} />
        </span>
        {message.id > 0 && (
          <LateMenu
            position="bottom-end"
            button={
              <IconAction label={t('More about this message')} size={28}>
                <IconDots size={16} />
              </IconAction>
            }
          >
            {!note && may('conversations:reply') && message.purpose !== 'redirect' && (
              <Menu.Item leftSection={<IconArrowForwardUp size={16} />} onClick={() => write(message.conversationId, 'forward', message.id)}>
                {t('Forward')}
              </Menu.Item>
            )}
            {may('conversations:reply') && message.hasOriginal && !mine && (
              <Menu.Item leftSection={<IconMailForward size={16} />} onClick={() => setPassing(true)}>
                {t('Pass on as it came…')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copyMessageLink(message.conversationId, message.id)}>
              {t('Copy the link')}
            </Menu.Item>
            {message.hasOriginal && (
              <Menu.Item leftSection={<IconFileText size={16} />} onClick={() => original.set(message.id)}>
                {t('Show the original…')}
              </Menu.Item>
            )}
            {!mine && message.text?.trim() && (
              <Menu.Item leftSection={<IconScissors size={16} />} onClick={() => setSplitting(true)}>
                {t('Split was wrong…')}
              </Menu.Item>
            )}
          </LateMenu>
        )}
        {passing && (
          <Suspense>
            <RedirectDialog message={message} onClose={() => setPassing(false)} />
          </Suspense>
        )}
        {splitting && (
          <Suspense>
            <SplitDialog message={message} onClose={() => setSplitting(false)} />
          </Suspense>
        )}
      </header>
      <div className={classes.body}>
        <AppointmentCard message={message} />
        <MessageBody message={message} />
        <Attachments message={message} />
        <DeliveryLine message={message} />
      </div>
    </article>
  );
});
