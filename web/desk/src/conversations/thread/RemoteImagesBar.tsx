import { Menu } from '@mantine/core';
import { IconPhotoOff, IconPhotoShield } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Message, TrustedSender } from '../../api/types';
import { del, post, reasonOf } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { toast, toastProblem } from '../../platform/toasts';
import { useSession } from '../../staff/session';
import { conversationQuery } from '../queries';
import classes from './Message.module.css';

/** What was shown once stays shown while the desk is open, also when its card leaves the screen. */
const shownOnce = new Set<number>();

export interface RemoteImagesShown {
  shown: boolean;
  setShown: (shown: boolean) => void;
}

export function useRemoteImages(message: Message): RemoteImagesShown {
  const [once, setOnce] = useState(shownOnce.has(message.id));
  const setShown = (shown: boolean) => {
    if (shown) shownOnce.add(message.id);
    else shownOnce.delete(message.id);
    setOnce(shown);
  };
  return { shown: once || message.imagesAllowed, setShown };
}

function stateOf(message: Message, shown: boolean): string {
  const { remoteImages, trackers, imagesAllowed } = message;
  const left = plural(
    trackers,
    '{n} picture that only reports who reads this left out.',
    '{n} pictures that only report who reads this left out.',
  );
  if (remoteImages === 0) return left;
  const state = imagesAllowed
    ? plural(
        remoteImages,
        '{n} picture from elsewhere shown, since you trust the sender.',
        '{n} pictures from elsewhere shown, since you trust the sender.',
      )
    : shown
      ? plural(
          remoteImages,
          '{n} picture from elsewhere shown. Shopbell fetched it: the sender does not learn who reads this.',
          '{n} pictures from elsewhere shown. Shopbell fetched them: the sender does not learn who reads this.',
        )
      : plural(
          remoteImages,
          '{n} picture from elsewhere not shown, so the sender cannot tell that you read this.',
          '{n} pictures from elsewhere not shown, so the sender cannot tell that you read this.',
        );
  return trackers > 0 ? `${state} ${left}` : state;
}

export function RemoteImagesBar({ message, images: { shown, setShown } }: { message: Message; images: RemoteImagesShown }) {
  const bar = useRef<HTMLDivElement>(null);
  if (message.remoteImages === 0 && message.trackers === 0) return null;
  const Icon = shown ? IconPhotoShield : IconPhotoOff;
  const asks = message.remoteImages > 0 && !message.imagesAllowed;
  return (
    <div className={classes.notice} ref={bar} tabIndex={-1} role="group" aria-label={t('Pictures from elsewhere')}>
      <Icon size={16} aria-hidden />
      <span>
        {stateOf(message, shown)}
        {asks && (
          <span className={classes.noticeActions}>
            <button type="button" className={classes.inlineAction} onClick={() => setShown(!shown)}>
              {shown ? t('Hide the pictures') : t('Show once')}
            </button>
            <TrustMenu message={message} done={() => bar.current?.focus()} />
          </span>
        )}
      </span>
    </div>
  );
}

function TrustMenu({ message, done }: { message: Message; done: () => void }) {
  const { may } = useSession();
  const queryClient = useQueryClient();
  const brandId = useQuery(conversationQuery(message.conversationId)).data?.brandId;
  const address = message.from.address;
  const domain = address?.split('@')[1];
  if (!may('conversations:change') || brandId === undefined || !address || !domain) return null;
  const freshen = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: keys.everyMessage }),
      queryClient.invalidateQueries({ queryKey: keys.trustedSenders }),
    ]);
  const trust = async (sender: string) => {
    try {
      const trusted = await post<TrustedSender>('/trusted-senders', { brandId, sender });
      await freshen();
      done();
      const undo = () => void del(`/trusted-senders/${trusted.id}`).then(freshen);
      toast(t('Pictures from {sender} are shown from now on', { sender: trusted.sender }), { action: { label: t('Undo'), chord: 'z', run: undo } });
    } catch (error) {
      toastProblem(reasonOf(error));
    }
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.inlineAction}>
          {t('Always from…')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void trust(address)}>{address}</Menu.Item>
        <Menu.Item onClick={() => void trust(domain)}>{t('Everybody at {sender}', { sender: domain })}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
