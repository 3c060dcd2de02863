import { IconArrowBackUp, IconNote } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import type { Conversation } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { t } from '../../platform/i18n';
import { KeyCaps } from '../../platform/KeyCaps';
import { patiently } from '../../platform/patiently';
import { useStored } from '../../platform/stored';
import { Boundary } from '../../platform/Trouble';
import { useSession } from '../../staff/session';
import { write, writing } from '../ui';
import classes from './Composer.module.css';
import { draftKey, isBlank, newestDraft, whoGets } from './drafts';
import { openingDraft, refusals } from './sending';

const loadEditor = () => import('./ComposerEditor');
// A line that is down just now must not cost the agent the editor for the rest of the day.
const ComposerEditor = lazy(() => patiently(loadEditor));

interface Props {
  conversation: Conversation;
  /** The server's draft is known; before that, opening the editor could hide it. */
  complete: boolean;
  afterClosing: () => void;
}

/** Closed it is one line and costs nothing; the editor comes when there is something to write. */
export function Composer({ conversation, complete, afterClosing }: Props) {
  const { agent, may } = useSession();
  const at = writing.use();
  const open = at?.conversationId === conversation.id ? at : null;

  useEffect(() => {
    // Fetched while the agent reads, so that the first R is as quick as the second.
    const timer = setTimeout(() => loadEditor().catch(() => undefined), 200);
    return () => clearTimeout(timer);
  }, []);

  if (!may('conversations:reply')) return null;
  if (!open) return <Closed conversation={conversation} agentId={agent.id} />;
  return (
    <Boundary what={t('the editor')} resetKey={conversation.id}>
      <Suspense fallback={<EditorBones />}>
        {complete ? (
          <ComposerEditor
            key={`${open.kind}`}
            conversation={conversation}
            kind={open.kind}
            messageId={open.messageId}
            focus={open.focus}
            afterClosing={afterClosing}
          />
        ) : (
          <EditorBones />
        )}
      </Suspense>
    </Boundary>
  );
}

function EditorBones() {
  return (
    <div className={classes.bones} aria-busy="true">
      <Bone width="30%" />
      <Bone width="100%" height={88} />
    </div>
  );
}

function words(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? '';
}

function Closed({ conversation, agentId }: { conversation: Conversation; agentId: number }) {
  const replyKey = draftKey(agentId, conversation.id, 'reply');
  const noteKey = draftKey(agentId, conversation.id, 'note');
  // Subscribed to, so that a draft begun or sent elsewhere on the page shows at once.
  useStored(replyKey, '');
  useStored(noteKey, '');
  const refused = refusals.use();
  const reply = newestDraft(openingDraft(replyKey), conversation.draft);
  const note = openingDraft(noteKey);
  const reason = refused[replyKey] ?? refused[noteKey];
  return (
    <div className={classes.closed}>
      {reason && (
        <p role="alert" className={classes.refused}>
          {t('Not sent: {reason} Your words are kept below.', { reason })}
        </p>
      )}
      <button type="button" className={classes.begin} aria-keyshortcuts="r" onClick={() => write(conversation.id, 'reply')}>
        <IconArrowBackUp size={18} aria-hidden />
        <span className="truncate" dir="auto">
          {isBlank(reply.html) ? (
            t('Reply to {name}', { name: whoGets(conversation) })
          ) : (
            <>
              <strong className={classes.draft}>{t('Draft')}</strong> {words(reply.html)}
            </>
          )}
        </span>
        <KeyCaps chord="r" />
      </button>
      <button
        type="button"
        className={`${classes.begin} ${classes.beginNote}`}
        aria-keyshortcuts="n"
        onClick={() => write(conversation.id, 'note')}
      >
        <IconNote size={18} aria-hidden />
        <span className="truncate">{isBlank(note.html) ? t('Note') : <strong className={classes.draft}>{t('Note draft')}</strong>}</span>
        <KeyCaps chord="n" />
      </button>
    </div>
  );
}
