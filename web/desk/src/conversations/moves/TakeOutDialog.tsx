import { Button, Modal, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Conversation, Message } from '../../api/types';
import { plural, t } from '../../platform/i18n';
import { Time } from '../../platform/Time';
import { messagesQuery } from '../queries';
import { useFilter } from '../useListing';
import classes from './Moves.module.css';
import { takeOut } from './moves';

const exchanged = (message: Message) => message.direction !== 'note';

/** Messages are ticked, and become a conversation of their own. */
export function TakeOutDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const query = useInfiniteQuery(messagesQuery(conversation.id));
  const [chosen, setChosen] = useState<number[]>([]);
  const [subject, setSubject] = useState('');
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const filter = useFilter();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const messages = (query.data?.pages.flatMap((page) => page.items) ?? []).filter((each) => each.id > 0).reverse();
  const taken = messages.filter((each) => chosen.includes(each.id));
  const stays = messages.some((each) => exchanged(each) && !chosen.includes(each.id));
  const ready = taken.some(exchanged) && stays;

  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const boxes = [...(list.current?.querySelectorAll('input') ?? [])];
    const next = step === 0 ? undefined : boxes[boxes.findIndex((box) => box === event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  const run = async () => {
    setBusy(true);
    const made = await takeOut(conversation.id, chosen, subject);
    setBusy(false);
    if (made === null) return;
    onClose();
    void navigate({
      to: '/inbox/$view/$conversationId',
      params: { view: filter.view, conversationId: String(made) },
      search: { q: filter.q, brand: filter.brand },
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('Take messages out into a new conversation')} size="lg" closeButtonProps={{ 'aria-label': t('Close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void run();
        }}
      >
        <p className={classes.hint}>
          {t('Tick them with Space, the arrow keys go from one to the next. Whoever wrote the first of them is the customer, and what answers them follows.')}
        </p>
        <div ref={list} className={classes.list} role="group" aria-label={t('Messages to take out')} onKeyDown={move}>
          {messages.map((message, index) => (
            <label key={message.id} className={classes.message}>
              <input
                type="checkbox"
                data-autofocus={index === 0 || undefined}
                checked={chosen.includes(message.id)}
                onChange={(event) => {
                  const checked = event.currentTarget.checked;
                  setChosen((old) => (checked ? [...old, message.id] : old.filter((id) => id !== message.id)));
                }}
              />
              <span className={classes.main}>
                <span className={classes.second} dir="auto">
                  {message.direction === 'note' ? t('Note by {name}', { name: message.from.name ?? '' }) : (message.from.name ?? message.from.address)}{' '}
                  <Time at={message.receivedAt} />
                </span>
                <span className="truncate" dir="auto" style={{ display: 'block' }}>
                  {message.ownText.slice(0, 200) || message.subject}
                </span>
              </span>
            </label>
          ))}
        </div>
        <TextInput
          mt={12}
          label={t('Subject')}
          placeholder={taken[0]?.subject || t('That of the first message')}
          value={subject}
          maxLength={500}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {plural(taken.length, 'Take {n} message out', 'Take {n} messages out')}
          </Button>
        </div>
        {chosen.length > 0 && !stays && <p className={classes.hint}>{t('One message has to stay.')}</p>}
      </form>
    </Modal>
  );
}
