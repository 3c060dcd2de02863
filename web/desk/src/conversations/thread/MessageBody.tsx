import { IconDots } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Message } from '../../api/types';
import { t } from '../../platform/i18n';
import { quotedRest } from './describe';
import { Linkified } from './Linkified';
import { MailFrame } from './MailFrame';
import { worthOfMessage } from './mailHtml';
import classes from './Message.module.css';
import { type RemoteImagesShown, RemoteImagesBar, useRemoteImages } from './RemoteImagesBar';
import { RichText } from './RichText';
import { useUnfolded } from './unfolding';

function Words({ text }: { text: string }) {
  return (
    <div className={classes.words} dir="auto" data-words>
      <Linkified text={text} />
    </div>
  );
}

function Whole({ message, images }: { message: Message; images: RemoteImagesShown }) {
  const { html, text, direction } = message;
  const worth = worthOfMessage(message);
  // A colleague's name is more than its letters.
  if (!html || (worth === 'text' && !html.includes('data-mention='))) return <Words text={text ?? ''} />;
  // What colleagues wrote came out of our own editor: nothing in it needs a frame.
  if (worth === 'rich' || direction !== 'inbound') {
    return (
      <div className={classes.rich} dir="auto" data-words>
        <RichText html={html} />
      </div>
    );
  }
  const title = t('Mail from {name}', { name: message.from.name ?? message.from.address ?? t('the customer') });
  return <MailFrame messageId={message.id} html={html} title={title} withImages={images.shown && message.remoteImages > 0} />;
}

/** The sender's own words; what they quote is one click away. */
export function MessageBody({ message }: { message: Message }) {
  const [whole, setWhole] = useUnfolded(message.id);
  const images = useRemoteImages(message);
  const hasRest = useMemo(() => quotedRest(message) !== null, [message]);
  const ownOnly = message.direction === 'inbound' && hasRest && !whole;
  if (message.purpose === 'redirect') return null;
  const empty = !message.html && !message.text?.trim();
  return (
    <>
      {empty ? (
        <p className={classes.nothing}>{message.attachments.length > 0 ? t('No words, only attachments.') : t('This message has no words.')}</p>
      ) : ownOnly ? (
        <Words text={message.ownText ?? ''} />
      ) : (
        <Whole message={message} images={images} />
      )}
      {hasRest && message.direction === 'inbound' && (
        <button type="button" className={classes.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          <IconDots size={16} aria-hidden />
          <span className="visually-hidden">{whole ? t('Hide the quoted mail') : t('Show the quoted mail')}</span>
        </button>
      )}
      {!ownOnly && <RemoteImagesBar message={message} images={images} />}
      {message.problem && <p className={classes.notice}>{t('Part of this mail could not be read: {problem}', { problem: message.problem })}</p>}
    </>
  );
}
