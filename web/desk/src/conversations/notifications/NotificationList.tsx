import { IconChecks, IconMail, IconMailOpened, IconSettings } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Bone } from '../../platform/Bone';
import { reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { KeyCaps } from '../../platform/KeyCaps';
import { meant } from '../../platform/keymap';
import { Time } from '../../platform/Time';
import { toastProblem } from '../../platform/toasts';
import { usePhone } from '../../platform/usePhone';
import classes from './NotificationBell.module.css';
import { linesQuery, type NotificationLine, see, unsee } from './queries';
import { andMore, whatHappened } from './wordings';

function orSay(work: Promise<void>): void {
  work.catch((error: unknown) => toastProblem(reasonOf(error)));
}

/** j and k walk, Enter opens, m turns read into unread and back, shift M reads all. */
export default function NotificationList({ close }: { close: () => void }) {
  const query = useInfiniteQuery({ ...linesQuery, refetchOnMount: 'always' });
  const navigate = useNavigate();
  const phone = usePhone();
  const [current, setCurrent] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  const at = Math.min(current, Math.max(0, lines.length - 1));
  const newest = lines[0]?.id ?? null;
  const there = lines.length > 0;

  useEffect(() => {
    // Without a line the keys still have to reach us: the list may have come after its frame took the focus.
    (list.current?.querySelector<HTMLElement>('[data-line]') ?? root.current)?.focus();
  }, [there]);

  const open = (line: NotificationLine) => {
    close();
    void navigate({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: String(line.conversationId) } });
  };
  const toggle = (line: NotificationLine) => orSay(line.seenAt ? unsee(line.id) : see(line.conversationId, line.id));
  const readAll = () => newest !== null && orSay(see(null, newest));
  const walk = (step: number) => {
    const next = Math.min(Math.max(at + step, 0), lines.length - 1);
    setCurrent(next);
    list.current?.querySelectorAll<HTMLElement>('[data-line]')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[at];
    const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
    const key = meant(event.key) ?? '';
    const step = steps[key];
    if (step !== undefined) walk(step);
    else if (key === 'm' && line) toggle(line);
    else if (key === 'M') readAll();
    else if (key === 'b') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={root} tabIndex={-1} className={classes.root} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('Notifications')}</h2>
        <IconAction label={t('Mark all as read')} chord="M" size={phone ? 44 : 32} disabled={lines.every((each) => each.seenAt)} onClick={readAll}>
          <IconChecks size={18} />
        </IconAction>
        <IconAction
          label={t('Notification settings')}
          size={phone ? 44 : 32}
          onClick={() => {
            close();
            void navigate({ to: '/settings/$section', params: { section: 'notifications' } });
          }}
        >
          <IconSettings size={18} />
        </IconAction>
      </div>
      {query.isError && lines.length === 0 ? (
        <p className={classes.empty} role="alert">
          {reasonOf(query.error)}
        </p>
      ) : query.isPending ? (
        <div className={classes.list} aria-busy="true">
          {[60, 75, 50].map((width) => (
            <div key={width} className={classes.item}>
              <span />
              <Bone width={`${width}%`} />
            </div>
          ))}
        </div>
      ) : lines.length === 0 ? (
        <p className={classes.empty}>
          <strong>{t('Nothing new for you')}</strong>
          {t('What concerns you gathers here: mentions, conversations given to you, answers of your customers. Follow any other conversation with W.')}
        </p>
      ) : (
        <>
          <ul className={classes.list} ref={list} aria-label={t('Notifications')}>
            {lines.map((line, index) => (
              <Line key={line.id} line={line} first={index === 0} current={index === at} focused={() => setCurrent(index)} open={() => open(line)} toggle={() => toggle(line)} />
            ))}
            {query.hasNextPage && (
              <li>
                <button type="button" className={classes.more} disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('Show earlier ones')}
                </button>
              </li>
            )}
          </ul>
          <p className={classes.foot}>
            <span>
              <KeyCaps chord="j" /> <KeyCaps chord="k" /> {t('walk')}
            </span>
            <span>
              <KeyCaps chord="Enter" /> {t('open')}
            </span>
            <span>
              <KeyCaps chord="m" /> {t('read or unread')}
            </span>
          </p>
        </>
      )}
    </div>
  );
}

interface LineProps {
  line: NotificationLine;
  first: boolean;
  current: boolean;
  focused: () => void;
  open: () => void;
  toggle: () => void;
}

function Line({ line, first, current, focused, open, toggle }: LineProps) {
  const phone = usePhone();
  const unread = line.seenAt === null;
  const more = andMore(line);
  return (
    <li className={classes.item} data-unread={unread || undefined} data-current={current || undefined}>
      <span>{unread && <span className={classes.dot} title={t('Unread')} />}</span>
      <button type="button" data-line data-autofocus={first || undefined} className={classes.what} onClick={open} onFocus={focused}>
        {unread && <span className="visually-hidden">{t('Unread')}: </span>}
        <span className={`truncate ${classes.said}`} dir="auto">
          {whatHappened(line)} {more}
        </span>
        <span className={`truncate ${classes.subject}`} dir="auto">
          {line.subject || t('No subject')}
        </span>
      </button>
      <span className={classes.when}>
        <Time at={line.at} as="short" />
      </span>
      <IconAction label={unread ? t('Mark as read') : t('Mark as unread')} chord="m" size={phone ? 44 : 32} className={classes.mark} tabIndex={-1} onClick={toggle}>
        {unread ? <IconMailOpened size={16} /> : <IconMail size={16} />}
      </IconAction>
    </li>
  );
}
