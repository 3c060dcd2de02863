import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import type { Conversation, ConversationRow, Page } from '../../api/types';
import { get } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { StatusSign } from '../list/signs';
import classes from './Moves.module.css';

const MOST = 12;

/** Finds another conversation: the customer's own first, any other of the brand by number, word or address. */
export function OtherPicker({ of, onPick }: { of: Conversation; onPick: (row: ConversationRow) => void }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const q = useDeferredValue(typed.trim());
  const query = useQuery({
    queryKey: [...keys.lists, { view: 'all', q, brand: of.brandId, customer: q ? undefined : of.customer.id, pick: true }],
    queryFn: ({ signal }) =>
      get<Page<ConversationRow>>(
        '/conversations',
        q ? { view: 'all', q, brand: of.brandId, limit: MOST } : { view: 'all', customer: of.customer.id, limit: MOST },
        signal,
      ),
    gcTime: 0,
  });
  const rows = (query.data?.items ?? []).filter((row) => row.id !== of.id);
  const current = Math.min(active, Math.max(0, rows.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((current + step + rows.length) % Math.max(1, rows.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = rows[current];
      if (row) onPick(row);
    }
  };
  return (
    <>
      <input
        className={classes.search}
        data-autofocus
        role="combobox"
        aria-label={t('Find the other conversation')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={rows[current] ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={t('Number, words, name or address')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {rows.length > 0 && <p className={classes.heading}>{q ? t('Found') : t('Of the same customer')}</p>}
      <div id={`${id}-list`} role="listbox" aria-label={t('Conversations')} className={classes.list}>
        {rows.map((row, index) => (
          <div
            key={row.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            data-active={index === current || undefined}
            className={classes.option}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick(row)}
          >
            <StatusSign status={row.status} />
            <span className={classes.main}>
              <span className="truncate" dir="auto" style={{ display: 'block' }}>
                #{row.number} {row.subject || t('No subject')}
              </span>
              <span className={`truncate ${classes.second}`} dir="auto" style={{ display: 'block' }}>
                {row.customer.name ?? row.customer.address ?? t('Unknown')}
              </span>
            </span>
            <span className={classes.second}>
              <Time at={row.lastMessageAt} as="short" />
            </span>
          </div>
        ))}
      </div>
      {query.isSuccess && rows.length === 0 && (
        <p className={classes.hint}>
          {q ? t('No other conversation of this brand is found so.') : t('This customer has no other conversation. Type to find any.')}
        </p>
      )}
    </>
  );
}
