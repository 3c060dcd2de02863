import {
  IconAt,
  IconBuildingStore,
  IconCalendar,
  IconCircleDot,
  IconFilter,
  IconHistory,
  type Icon,
  IconTag,
  IconUser,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { t } from '../../platform/i18n';
import type { OperatorName } from './query';
import classes from './Search.module.css';
import type { Suggestion } from './searching';
import { operatorWords } from './wording';

interface Props {
  id: string;
  items: Suggestion[];
  picked: number;
  onHover: (index: number) => void;
  onPick: (suggestion: Suggestion) => void;
  onForget: (suggestion: Suggestion) => void;
}

function iconOf({ kind, operator }: Suggestion): Icon {
  switch (kind) {
    case 'recent':
      return IconHistory;
    case 'operator':
      return IconFilter;
    case 'tag':
      return IconTag;
    case 'agent':
      return IconAt;
    case 'customer':
      return IconUser;
    case 'team':
      return IconUsersGroup;
    case 'brand':
      return IconBuildingStore;
    case 'value':
      return operator === 'before' || operator === 'after' || operator === 'on' ? IconCalendar : IconCircleDot;
  }
}

/** How the search may go on. The caret stays in the field: it is the field that takes the keys. */
export default function SearchList({ id, items, picked, onHover, onPick, onForget }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('Suggestions')} className={classes.list}>
      {items.map((item, index) => {
        const Sign = iconOf(item);
        return (
          <div
            key={`${item.kind} ${item.text}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === picked}
            className={classes.option}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => onHover(index)}
            onClick={() => onPick(item)}
          >
            <Sign size={16} aria-hidden className={classes.sign} />
            {item.kind === 'operator' ? (
              <code className={classes.code}>{item.text}</code>
            ) : item.kind === 'value' ? (
              <code className={classes.code}>{item.text}</code>
            ) : (
              <>
                {item.operator && <code className={classes.code}>{item.text.slice(0, item.text.indexOf(':') + 1)}</code>}
                <span className={`truncate ${classes.label}`} dir="auto">
                  {item.label}
                </span>
              </>
            )}
            {item.kind === 'operator' && <span className={`truncate ${classes.detail}`}>{operatorWords(item.operator as OperatorName)}</span>}
            {item.detail && (
              <span className={`truncate ${classes.detail}`} dir="auto">
                {item.detail}
              </span>
            )}
            {item.kind === 'recent' && (
              // For the mouse; the key Delete does the same.
              <span
                aria-hidden
                className={classes.forget}
                title={t('Forget this search (Delete)')}
                onClick={(event) => {
                  event.stopPropagation();
                  onForget(item);
                }}
              >
                <IconX size={14} />
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
