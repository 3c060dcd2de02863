import { IconCheck, IconClock, IconPaperclip } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Brand, ConversationRow as Row } from '../../api/types';
import { Face } from '../../platform/Face';
import { plural, t, useLanguage } from '../../platform/i18n';
import { comingTime, duration } from '../../platform/instants';
import type { ListFilter } from '../../platform/queries';
import { useStored } from '../../platform/stored';
import { Time, useNow } from '../../platform/Time';
import { draftKey } from '../composer/drafts';
import { CompanySign } from '../company/Company';
import { useDraftKept } from '../composer/draftsKept';
import { prefetchConversation } from '../queries';
import { searchOf } from '../useListing';
import classes from './ConversationRow.module.css';
import { Marked } from './Marked';
import { DeliveryProblemSign, DirectionSign, PrioritySign, StatusSign, TagChip } from './signs';
import { BrandMark } from '../../brands/BrandMark';
import { TeamTag } from '../../staff/TeamTag';
import { AgentMark } from '../../staff/AgentFace';

interface Props {
  row: Row;
  filter: ListFilter;
  open: boolean;
  me: number;
  /** Only where there is more than one. */
  brand: Brand | null;
  selected: boolean;
  /** Whether anything is. */
  selecting: boolean;
  onSelect: (id: number, range: boolean) => void;
}

const SHOWN_TAGS = 2;

/** Where every row has the same status, it need not be said. */
const SINGLE = new Set(['mine', 'unassigned', 'open', 'waiting', 'snoozed', 'resolved', 'spam']);

function useHasDraft(me: number, id: number): boolean {
  const [reply] = useStored(draftKey(me, id, 'reply'), '');
  const [note] = useStored(draftKey(me, id, 'note'), '');
  const [forward] = useStored(draftKey(me, id, 'forward'), '');
  return useDraftKept(id) || reply !== '' || note !== '' || forward !== '';
}

function Waiting({ since }: { since: string }) {
  const now = useNow();
  const waitedFor = Math.max(0, now - Date.parse(since));
  const waited = duration(waitedFor);
  return (
    <span className={classes.waiting} title={t('The customer has waited {waited} for an answer', { waited })}>
      <IconClock size={14} stroke={2.2} aria-hidden />
      <span className="visually-hidden">{t('Unanswered for')} </span>
      {waitedFor < 60_000 ? t('now') : waited}
    </span>
  );
}

export const ConversationRow = memo(function ConversationRow({ row, filter, open, me, brand, selected, selecting, onSelect }: Props) {
  useLanguage();
  const name = row.customer.name ?? row.customer.address ?? t('Unknown sender');
  const draft = useHasDraft(me, row.id);
  // Of what is snoozed, when it comes back says more.
  const unanswered = row.waitingSince !== null && row.status !== 'spam' && row.status !== 'resolved' && row.snoozedUntil === null;
  const mixed = filter.filter !== undefined || !SINGLE.has(filter.view);
  const tags = row.tags.slice(0, SHOWN_TAGS);
  const more = row.tags.length - tags.length;
  return (
    <Link
      to="/inbox/$view/$conversationId"
      params={{ view: filter.view, conversationId: String(row.id) }}
      search={searchOf(filter)}
      className={classes.row}
      data-unanswered={unanswered || undefined}
      data-unread={row.unread || undefined}
      data-selected={selected || undefined}
      aria-current={open ? 'page' : undefined}
      onClick={(event) => {
        if (!event.shiftKey && !event.metaKey && !event.ctrlKey) return;
        event.preventDefault();
        onSelect(row.id, event.shiftKey);
      }}
      onMouseEnter={() => void prefetchConversation(row.id)}
      onFocus={() => void prefetchConversation(row.id)}
    >
      <span className={classes.face} data-selecting={selecting || undefined}>
        <Face name={row.customer.name ?? row.customer.address} size={32} />
        {brand && <span className={classes.brand} title={brand.name}><BrandMark brand={brand} size={16} /><span className="visually-hidden">{brand.name}</span></span>}
        {/* A picture of the state: the key, the link's own name and the bar say it to those who cannot see it. */}
        <span
          className={classes.check}
          aria-hidden
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            onSelect(row.id, event.shiftKey);
          }}
        >
          {selected && <IconCheck size={16} stroke={3} />}
        </span>
      </span>
      {selected && <span className="visually-hidden">{t('Selected')}: </span>}
      <span className={classes.text}>
        <span className={classes.line}>
          {row.unread && (
            <span className={classes.unread} title={t('Not read by you')}>
              <span className="visually-hidden">{t('Unread')}: </span>
            </span>
          )}
          {mixed && <StatusSign status={row.status} />}
          <span className={`truncate ${classes.name}`} dir="auto">
            {name}
          </span>
          {row.messageCount > 1 && (
            <span className={classes.count} title={plural(row.messageCount, '{n} message', '{n} messages')}>
              {row.messageCount}
            </span>
          )}
          <span className={classes.end}>
            <CompanySign conversationId={row.id} />
            <PrioritySign priority={row.priority} />
            {row.deliveryProblem && <DeliveryProblemSign />}
            {unanswered && row.waitingSince && row.status !== 'snoozed' ? (
              <Waiting since={row.waitingSince} />
            ) : (
              <span className={classes.age}>
                {row.status === 'snoozed' ? (
                  row.snoozedUntil ? <Snooze until={row.snoozedUntil} /> : t('until they reply')
                ) : (
                  <Time at={row.lastMessageAt} as="short" />
                )}
              </span>
            )}
          </span>
        </span>
        <span className={classes.line}>
          <span className={`truncate ${classes.subject}`} dir="auto">
            {row.subject || t('No subject')}
          </span>
        </span>
        <span className={`${classes.line} ${classes.last}`}>
          {draft ? <span className={classes.draft}>{t('Draft')}</span> : <DirectionSign direction={row.lastDirection} />}
          <span className={`truncate ${classes.preview}`} dir="auto">
            {row.match?.file && <FileSign />}
            {row.match ? <Marked match={row.match} /> : row.preview || t('No words')}
          </span>
          {tags.length > 0 && (
            <span className={classes.tags}>
              {tags.map((tag) => (
                <TagChip key={tag.id} tag={tag} />
              ))}
              {more > 0 && <span className={classes.moreTags}>+{more}</span>}
            </span>
          )}
          <TeamTag teamId={row.teamId} short />
          {row.assignee && (
            <span className={classes.assignee} title={t('Assigned to {name}', { name: row.assignee.name })}>
              <span className="visually-hidden">{t('Assigned to {name}', { name: row.assignee.name })}</span>
              <span aria-hidden>{row.assignee.id === me ? t('You') : <AgentMark agent={row.assignee} />}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});

function FileSign() {
  return (
    <>
      <IconPaperclip size={14} aria-hidden className={classes.file} />
      <span className="visually-hidden">{t('Attachment')}: </span>
    </>
  );
}

function Snooze({ until }: { until: string }) {
  const now = useNow();
  return (
    <time dateTime={until} title={t('Comes back then')}>
      {comingTime(until, now)}
    </time>
  );
}
