import { IconArrowBackUp, IconArrowForwardUp, IconNote } from '@tabler/icons-react';
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
import { DropTarget } from './DropTarget';
import { type DraftKind, draftKey, isBegun, isBlank, readDraft, whoGets, wordsOf, writeDraft } from './drafts';
import { attachTo } from './draftFiles';
import { fromServer, openingWith } from './draftSync';
import { openingDraft, refusals } from './sending';

const loadEditor = () => import('./ComposerEditor');
// A line that is down just now must not cost the agent the editor for the rest of the day.
const ComposerEditor = lazy(() => patiently(loadEditor));

interface Props {
  conversation: Conversation;
  /** The server's drafts are known; before that, opening the editor could hide them. */
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
  const kind = open?.kind ?? 'reply';
  return (
    <>
      {open ? (
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
      ) : (
        <Closed conversation={conversation} agentId={agent.id} />
      )}
      {complete && (
        <DropTarget
          words={{ reply: t('Drop files to attach them to your reply'), note: t('Drop files to attach them to your note'), forward: t('Drop files to forward them too') }[kind]}
          onFiles={(files) => {
            const key = draftKey(agent.id, conversation.id, kind);
            const server = conversation.drafts.find((each) => each.kind === kind);
            if (server && readDraft(key).updatedAt === 0) writeDraft(key, fromServer(server));
            attachTo(key, files);
            write(conversation.id, kind, open?.messageId);
          }}
        />
      )}
    </>
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

function useClosedDraft(conversation: Conversation, agentId: number, kind: DraftKind) {
  const key = draftKey(agentId, conversation.id, kind);
  // Subscribed to, so that a draft begun or sent elsewhere on the page shows at once.
  useStored(key, '');
  const reason = refusals.use()[key];
  return { draft: openingWith(openingDraft(key), conversation.drafts.find((each) => each.kind === kind) ?? null), reason };
}

function Closed({ conversation, agentId }: { conversation: Conversation; agentId: number }) {
  const reply = useClosedDraft(conversation, agentId, 'reply');
  const note = useClosedDraft(conversation, agentId, 'note');
  const forward = useClosedDraft(conversation, agentId, 'forward');
  const reason = reply.reason ?? note.reason ?? forward.reason;
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
          {isBlank(reply.draft.html) ? (
            t('Reply to {name}', { name: whoGets(conversation) })
          ) : (
            <>
              <strong className={classes.draft}>{t('Draft')}</strong> {wordsOf(reply.draft.html)}
            </>
          )}
        </span>
        <KeyCaps chord="r" />
      </button>
      {isBegun(forward.draft) && (
        <button
          type="button"
          className={`${classes.begin} ${classes.beginForward}`}
          onClick={() => write(conversation.id, 'forward', forward.draft.forwarded ?? undefined)}
        >
          <IconArrowForwardUp size={18} aria-hidden />
          <strong className={classes.draft}>{t('Forward draft')}</strong>
        </button>
      )}
      <button
        type="button"
        className={`${classes.begin} ${classes.beginNote}`}
        aria-keyshortcuts="n"
        onClick={() => write(conversation.id, 'note')}
      >
        <IconNote size={18} aria-hidden />
        <span className="truncate">{isBegun(note.draft) ? <strong className={classes.draft}>{t('Note draft')}</strong> : t('Note')}</span>
        <KeyCaps chord="n" />
      </button>
    </div>
  );
}
