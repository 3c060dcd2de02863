import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowDown,
  IconArrowUp,
  IconAlertOctagon,
  IconCircle,
  IconCircleCheckFilled,
  IconClockPause,
  IconFlame,
  IconHourglass,
  IconMinus,
  IconNote,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { Priority, Status, Tag } from '../../api/types';
import { t } from '../../platform/i18n';
import classes from './signs.module.css';

export const STATUS_NAMES: Record<Status, string> = {
  get open() { return t('Open'); },
  get waiting() { return t('Waiting'); },
  get snoozed() { return t('Snoozed'); },
  get resolved() { return t('Resolved'); },
  get spam() { return t('Spam'); },
};

const STATUS_ICONS = {
  open: IconCircle,
  waiting: IconHourglass,
  snoozed: IconClockPause,
  resolved: IconCircleCheckFilled,
  spam: IconAlertOctagon,
};

export function StatusIcon({ status, size = 16 }: { status: Status; size?: number }) {
  const Icon = STATUS_ICONS[status];
  return <Icon size={size} className={classes.status} data-status={status} aria-hidden />;
}

/** Colour is never the only sign: each status has its own shape, and its name. */
export function StatusSign({ status }: { status: Status }) {
  return (
    <span className={classes.sign} title={STATUS_NAMES[status]}>
      <StatusIcon status={status} size={14} />
      <span className="visually-hidden">{STATUS_NAMES[status]}</span>
    </span>
  );
}

export function StatusChip({ status }: { status: Status }) {
  return (
    <span className={classes.chip}>
      <StatusIcon status={status} size={14} />
      {STATUS_NAMES[status]}
    </span>
  );
}

export const PRIORITY_NAMES: Record<Priority, string> = {
  get low() { return t('Low'); },
  get normal() { return t('Normal'); },
  get high() { return t('High'); },
  get urgent() { return t('Urgent'); },
};

const PRIORITY_ICONS = { low: IconArrowDown, normal: IconMinus, high: IconArrowUp, urgent: IconFlame };

export function PriorityIcon({ priority, size = 16 }: { priority: Priority; size?: number }) {
  const Icon = PRIORITY_ICONS[priority];
  return <Icon size={size} className={classes.priority} data-priority={priority} aria-hidden />;
}

export function PrioritySign({ priority }: { priority: Priority }) {
  if (priority === 'normal') return null;
  return (
    <span className={classes.sign} title={t('{priority} priority', { priority: PRIORITY_NAMES[priority] })}>
      <PriorityIcon priority={priority} size={14} />
      <span className="visually-hidden">{t('{priority} priority', { priority: PRIORITY_NAMES[priority] })}</span>
    </span>
  );
}

export function DeliveryProblemSign() {
  return (
    <span className={classes.sign} data-bad title={t('A reply could not be delivered')}>
      <IconAlertTriangle size={14} aria-hidden />
      <span className="visually-hidden">{t('A reply could not be delivered')}</span>
    </span>
  );
}

export function DirectionSign({ direction }: { direction: 'inbound' | 'outbound' | 'note' }) {
  if (direction === 'inbound') return null;
  const Icon = direction === 'note' ? IconNote : IconArrowBackUp;
  const name = direction === 'note' ? t('Note:') : t('We answered:');
  return (
    <>
      <Icon size={14} className={classes.direction} aria-hidden />
      <span className="visually-hidden">{name}</span>
    </>
  );
}

export function TagChip({ tag }: { tag: Tag }) {
  return (
    <span className={classes.tag} style={{ '--tag': tag.color } as CSSProperties} title={tag.name}>
      <span className="truncate" dir="auto">
        {tag.name}
      </span>
    </span>
  );
}
