import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { Conversation, Message } from '../../api/types';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { get } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { exactTime, fileSize } from '../../platform/instants';
import { Trouble } from '../../platform/Trouble';
import { conversationQuery } from '../queries';
import { listedFiles } from '../preview/preview';
import type { Page } from '../../api/types';
import { MessageCard } from '../thread/MessageCard';
import { unfoldEverything } from '../thread/unfolding';
import classes from './PrintPage.module.css';

/** Every message, oldest first: paper is read from its top. */
async function wholeThread(id: number, signal: AbortSignal): Promise<Message[]> {
  const messages: Message[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Message> = await get(`/conversations/${id}/messages`, { limit: 200, cursor }, signal);
    messages.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return messages;
}

/** A conversation on paper: its head, all its messages unfolded, and what was attached. */
export function PrintPage() {
  const id = Number(useParams({ from: '/print/$conversationId', select: (params) => params.conversationId }));
  const conversation = useQuery(conversationQuery(id));
  const thread = useQuery({ queryKey: ['print', id], queryFn: ({ signal }) => wholeThread(id, signal) });
  const error = conversation.error ?? thread.error;
  useLayoutEffect(() => {
    // Paper is white, whatever the desk is.
    document.documentElement.setAttribute('data-mantine-color-scheme', 'light');
    unfoldEverything(true);
  }, []);
  if (error) return <Trouble error={error} what={t('this conversation')} retry={() => location.reload()} />;
  if (!conversation.data || !thread.data) {
    return (
      <p className={classes.waiting} role="status">
        {t('Loading…')}
      </p>
    );
  }
  return <Paper conversation={conversation.data} messages={thread.data} />;
}

/** Mails as their senders laid them out, and pictures, come a moment after the words. */
function useReady(): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const waits = setInterval(() => {
      const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe.mail-frame')];
      const pictures = [...document.images];
      const done =
        document.querySelector('.mail-frame[aria-busy]') === null &&
        frames.every((frame) => frame.contentDocument?.readyState === 'complete' && frame.contentDocument.body.childElementCount > 0) &&
        pictures.every((picture) => picture.complete || picture.loading === 'lazy');
      if (done) setReady(true);
    }, 150);
    const longest = setTimeout(() => setReady(true), 5_000);
    return () => {
      clearInterval(waits);
      clearTimeout(longest);
    };
  }, []);
  return ready;
}

function Paper({ conversation, messages }: { conversation: Conversation; messages: Message[] }) {
  const ready = useReady();
  const subject = conversation.subject || t('No subject');
  const files = listedFiles(messages);
  useEffect(() => {
    document.title = `${subject} (#${conversation.number})`;
  }, [subject, conversation.number]);
  useEffect(() => {
    if (ready) window.print();
  }, [ready]);
  const { customer, assignee, tags } = conversation;
  return (
    <main className={classes.paper} id="main" data-ready={ready || undefined}>
      <Button className={classes.button} leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
        {t('Print')}
      </Button>
      <header className={classes.head}>
        <p className={classes.brand}>{conversation.brand.name}</p>
        <h1 className={classes.subject} dir="auto">
          {subject}
        </h1>
        <dl className={classes.facts}>
          <Fact name={t('Number')} value={`#${conversation.number}`} />
          <Fact name={t('Customer')} value={[customer.name, customer.address].filter(Boolean).join(', ')} />
          <Fact name={t('Assigned to')} value={assignee?.name ?? t('Nobody')} />
          <Fact name={t('Tags')} value={tags.map((tag) => tag.name).join(', ')} />
          <Fact name={t('Begun')} value={exactTime(conversation.createdAt)} />
          <Fact name={t('Printed')} value={exactTime(new Date().toISOString())} />
        </dl>
      </header>
      {messages.map((message) => (
        <div key={message.id} className={classes.message}>
          <p className={classes.at}>{exactTime(message.receivedAt)}</p>
          <MessageCard message={message} />
        </div>
      ))}
      {files.length > 0 && (
        <section className={classes.files} aria-label={t('Attachments')}>
          <h2>{plural(files.length, '{n} attachment', '{n} attachments')}</h2>
          <ul>
            {files.map((file) => (
              <li key={file.id} dir="auto">
                {file.name || t('Unnamed file')} · {fileSize(file.size)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
