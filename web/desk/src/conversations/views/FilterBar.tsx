import { Button, Popover } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Condition, Page, ViewSort } from '../../api/types';
import { brandsQuery } from '../../brands/queries';
import { useFields } from '../../customers/fields';
import { get } from '../../platform/http';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { usePhone } from '../../platform/usePhone';
import { PickList } from '../../platform/PickList';
import { useAgents } from '../../staff/session';
import { useTags } from '../queries';
import { filterOpen } from '../ui';
import { useFilter } from '../useListing';
import { ConditionEditor } from './ConditionEditor';
import { CUSTOM_OPERATORS, type Field, isCustom, OPERATORS } from './conditions';
import classes from './FilterBar.module.css';
import { SaveView } from './SaveView';
import { useView } from './viewQueries';
import { customOf, describe, fieldName, type Names, sortName } from './wording';

/** A customer is asked for from their panel; the shop's own fields stand behind the others by their names. */
const ASKED = (Object.keys(OPERATORS) as Field[]).filter((field) => field !== 'customer' && !isCustom(field));
const SORTS: ViewSort[] = ['newest', 'oldest', 'waiting', 'created', 'priority', 'due'];

const teamsQuery = queryOptions({
  queryKey: ['teams'] as const,
  queryFn: ({ signal }) => get<Page<{ id: number; name: string }>>('/teams', undefined, signal),
  staleTime: 10 * 60_000,
});

function begun(field: Field, key: string | undefined, names: Names): Condition {
  const custom = customOf({ field, key }, names);
  const operators = custom ? CUSTOM_OPERATORS[custom.kind] : OPERATORS[field];
  return { field, operator: operators[0] ?? 'is', values: [], ...(key === undefined ? {} : { key }) };
}

/** The conditions of the list as chips; what they leave stands behind, live. */
export default function FilterBar() {
  const filter = useFilter();
  const view = useView(filter.view);
  const navigate = useNavigate();
  const phone = usePhone();
  const names = { agents: useAgents(), tags: useTags(), brands: useQuery(brandsQuery).data?.items ?? [], teams: useQuery(teamsQuery).data?.items ?? [], fields: useFields() };
  const conditions = filter.filter ?? view?.conditions ?? [];
  const sort = filter.sort ?? view?.sort ?? 'newest';
  const changed = filter.filter !== undefined || filter.sort !== undefined;
  // One that is being added is edited where it was begun, also once it stands among the others.
  const [editing, setEditing] = useState<{ at: number; field: Field | null; key?: string; adding: boolean } | null>(null);
  const [saving, setSaving] = useState(false);
  const bar = useRef<HTMLDivElement>(null);

  const asked = filterOpen.use();
  useEffect(() => {
    if (asked !== 'add') return;
    setEditing({ at: conditions.length, field: null, adding: true });
    filterOpen.set('open');
  }, [asked, conditions.length]);

  const show = (next: Condition[] | undefined, by?: ViewSort) =>
    void navigate({
      to: '.',
      search: (old: Record<string, unknown>) => ({ ...old, filter: next, sort: by }),
      replace: true,
    });
  const put = (at: number, condition: Condition | null) => {
    const next = [...conditions];
    if (condition) next[at] = condition;
    else next.splice(at, 1);
    show(next, filter.sort ?? (sort === 'newest' ? undefined : sort));
  };
  const focusChip = (at: number) =>
    setTimeout(() => bar.current?.querySelectorAll<HTMLElement>('[data-chip]')[Math.max(0, at)]?.focus(), 0);
  const remove = (at: number) => {
    setEditing(null);
    put(at, null);
    focusChip(at - 1);
  };
  const leave = () => {
    show(undefined);
    filterOpen.set(null);
  };
  const width = phone ? 'calc(100vw - 16px)' : 300;

  return (
    <div ref={bar} className={classes.bar} role="group" aria-label={t('Filter')}>
      {conditions.map((condition, at) => {
        const words = describe(condition, names);
        return (
          <Popover
            // What a condition asks about does not change in its place.
            key={`${at} ${condition.field} ${condition.key ?? ''}`}
            opened={editing?.at === at && !editing.adding}
            onChange={(open) => !open && setEditing(null)}
            width={width}
            position="bottom-start"
            trapFocus
            returnFocus
            withinPortal
            // What opens it is a part of its target.
            withRoles={false}
          >
            <Popover.Target>
              <span className={classes.chip}>
                <button
                  type="button"
                  data-chip
                  className={classes.words}
                  aria-haspopup="dialog"
                  aria-expanded={editing?.at === at && !editing.adding}
                  onClick={() => setEditing({ at, field: condition.field, adding: false })}
                  onKeyDown={(event) => {
                    if (event.key === 'Backspace' || event.key === 'Delete') remove(at);
                  }}
                >
                  <span>{words.field}</span> <span className={classes.operator}>{words.operator}</span>{' '}
                  <b className="truncate" dir="auto">
                    {words.values}
                  </b>
                </button>
                <button
                  type="button"
                  className={classes.remove}
                  aria-label={t('Remove the condition {name}', { name: words.field })}
                  onClick={() => remove(at)}
                >
                  <IconX size={14} aria-hidden />
                </button>
              </span>
            </Popover.Target>
            <Popover.Dropdown p={0} role="dialog" aria-label={words.field}>
              {editing?.at === at && !editing.adding && (
                <ConditionEditor condition={condition} names={names} onChange={(next) => (next ? put(at, next) : remove(at))} onClose={() => setEditing(null)} />
              )}
            </Popover.Dropdown>
          </Popover>
        );
      })}
      <Popover
        opened={editing?.adding === true}
        onChange={(open) => !open && setEditing(null)}
        width={width}
        position="bottom-start"
        trapFocus
        returnFocus
        withinPortal
      >
        <Popover.Target>
          <button
            type="button"
            data-chip
            className={classes.add}
            aria-haspopup="dialog"
            onClick={() => setEditing({ at: conditions.length, field: null, adding: true })}
          >
            <IconPlus size={14} aria-hidden /> {t('Condition')}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={t('A new condition')}>
          {editing?.adding &&
            (editing.field === null ? (
              <PickList
                label={t('A new condition')}
                placeholder={t('Filter by…')}
                picks={[
                  ...ASKED.map((field) => ({ id: field as string, label: fieldName(field) })),
                  ...names.fields
                    .filter((field) => !field.archived)
                    .map(({ subject, key, name }) => ({
                      id: `${subject === 'conversation' ? 'custom' : 'customerCustom'}:${key}`,
                      label: name,
                      hint: subject === 'customer' ? t('Customer') : undefined,
                    })),
                ]}
                onClose={() => setEditing(null)}
                onPick={({ id }) => {
                  const [field, key] = id.split(':');
                  setEditing({ at: conditions.length, field: field as Field, key, adding: true });
                }}
              />
            ) : (
              <ConditionEditor
                condition={
                  conditions[editing.at] ?? begun(editing.field, editing.key, names)
                }
                names={names}
                onChange={(next) => put(editing.at, next)}
                onClose={() => setEditing(null)}
              />
            ))}
        </Popover.Dropdown>
      </Popover>
      <label className={classes.sort}>
        <span className="visually-hidden">{t('Sorted by')}</span>
        <select
          value={sort}
          onChange={(event) => show(filter.filter ?? conditions, event.currentTarget.value as ViewSort)}
        >
          {SORTS.map((each) => (
            <option key={each} value={each}>
              {sortName(each)}
            </option>
          ))}
        </select>
      </label>
      <span className={classes.end}>
        {changed && view?.id != null && view.changeable && !saving && (
          <SaveView conditions={conditions} sort={sort} existing={view} onSaved={() => filterOpen.set(null)} />
        )}
        <Popover opened={saving} onChange={setSaving} width={width} position="bottom-end" trapFocus returnFocus withinPortal>
          <Popover.Target>
            <Button variant="light" size="compact-sm" disabled={conditions.length === 0} onClick={() => setSaving(true)}>
              {t('Save as view')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('Save as view')}>
            {saving && (
              <SaveView
                conditions={conditions}
                sort={sort}
                onSaved={() => {
                  setSaving(false);
                  filterOpen.set(null);
                }}
              />
            )}
          </Popover.Dropdown>
        </Popover>
        <IconAction label={changed ? t('Leave the filter') : t('Hide the filter')} size={phone ? 44 : 26} onClick={leave}>
          <IconX size={16} />
        </IconAction>
      </span>
    </div>
  );
}
