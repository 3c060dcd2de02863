import { Button, Popover } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../platform/i18n';
import { usePhone } from '../../platform/usePhone';
import { SaveView } from '../views/SaveView';
import classes from './Search.module.css';
import { meaningQuery } from './searching';

/** What of a search says nothing; a search with operators can be kept as a view. */
export default function SearchTools({ q }: { q: string }) {
  const { data } = useQuery(meaningQuery(q));
  const phone = usePhone();
  const [saving, setSaving] = useState(false);
  if (!data || data.conditions.length === 0) return null;
  const known = data.unknown.length === 0;
  return (
    <div className={classes.tools} role="group" aria-label={t('This search')}>
      {data.unknown.map(({ operator, value }) => (
        <span key={`${operator}:${value}`} className={classes.unknown} role="status">
          <IconAlertTriangle size={14} aria-hidden /> {unknownWords(operator, value)}
        </span>
      ))}
      {known && (
        <Popover
          opened={saving}
          onChange={setSaving}
          width={phone ? 'calc(100vw - 16px)' : 300}
          position="bottom-end"
          trapFocus
          returnFocus
          withinPortal
        >
          <Popover.Target>
            <Button variant="light" size="compact-sm" className={classes.save} onClick={() => setSaving(true)}>
              {t('Save as view')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('Save as view')}>
            {saving && <SaveView conditions={data.conditions} sort="newest" onSaved={() => setSaving(false)} />}
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

function unknownWords(operator: string, value: string): string {
  switch (operator) {
    case 'tag':
      return t('There is no tag “{name}”.', { name: value });
    case 'assignee':
      return t('Nobody here is called “{name}”.', { name: value });
    case 'customer':
      return t('No customer is called “{name}”.', { name: value });
    case 'team':
      return t('There is no team “{name}”.', { name: value });
    case 'brand':
      return t('There is no brand “{name}”.', { name: value });
    case 'before':
    case 'after':
    case 'on':
      return t('“{value}” is no day. Write 2026-11-03, today, or 7d.', { value });
    default:
      return t('“{value}” says nothing behind {operator}:', { value, operator });
  }
}
