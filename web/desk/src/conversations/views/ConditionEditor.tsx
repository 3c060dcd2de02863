import { useState } from 'react';
import type { Condition } from '../../api/types';
import { t } from '../../platform/i18n';
import { type Pick, PickList } from '../../platform/PickList';
import { AgentFace } from '../../staff/AgentFace';
import { PriorityIcon, StatusIcon } from '../list/signs';
import { type Field, type Operator, OPERATORS } from './conditions';
import classes from './FilterBar.module.css';
import { fieldName, type Names, operatorName, spanName, valueName } from './wording';

interface Props {
  condition: Condition;
  names: Names;
  /** Null: there is nothing left to ask. */
  onChange: (next: Condition | null) => void;
  onClose: () => void;
}

const SPANS: Partial<Record<Field, string[]>> = {
  waiting: ['PT30M', 'PT1H', 'PT2H', 'PT4H', 'PT8H', 'P1D', 'P2D', 'P3D', 'P7D'],
  created: ['PT1H', 'PT4H', 'P1D', 'P2D', 'P7D', 'P14D', 'P30D', 'P90D', 'P365D'],
  activity: ['PT1H', 'PT4H', 'P1D', 'P2D', 'P7D', 'P14D', 'P30D', 'P90D', 'P365D'],
};

function picksOf(field: Field, names: Names): Pick[] {
  const plain = (values: string[], icon?: (value: string) => Pick['icon']) =>
    values.map((id) => ({ id, label: capital(valueName(field, id, names)), icon: icon?.(id) }));
  switch (field) {
    case 'status':
      return plain(['open', 'waiting', 'snoozed', 'resolved', 'spam'], (id) => <StatusIcon status={id as 'open'} />);
    case 'priority':
      return plain(['urgent', 'high', 'normal', 'low'], (id) => <PriorityIcon priority={id as 'high'} />);
    case 'assignee':
      return [
        ...plain(['me', 'none']),
        ...names.agents.map((agent) => ({ id: String(agent.id), label: agent.name, icon: <AgentFace agent={agent} size={20} /> })),
      ];
    case 'team':
      return [...plain(['mine', 'none']), ...names.teams.map(({ id, name }) => ({ id: String(id), label: name }))];
    case 'tag':
      return names.tags.map(({ id, name }) => ({ id: String(id), label: name }));
    case 'brand':
      return names.brands.map(({ id, name }) => ({ id: String(id), label: name }));
    case 'channel':
      return plain(['email']);
    case 'unread':
    case 'following':
    case 'draft':
    case 'scheduled':
    case 'attachment':
    case 'note':
    case 'reply':
    case 'deliveryProblem':
      return plain(['yes', 'no']);
    case 'waiting':
    case 'created':
    case 'activity':
      return (SPANS[field] ?? []).map((id) => ({ id, label: spanName(id) }));
    case 'customer':
    case 'subject':
    case 'text':
    case 'from':
    case 'to':
    case 'filename':
      return [];
  }
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}

const SEVERAL: Operator[] = ['is', 'not', 'all', 'has', 'hasNot'];

/** How a condition asks, above what it asks for. */
export function ConditionEditor({ condition, names, onChange, onClose }: Props) {
  const { values } = condition;
  const field = condition.field as Field;
  const [operator, setOperator] = useState(condition.operator);
  const several = SEVERAL.includes(operator) && !['unread', 'following', 'draft', 'scheduled', 'attachment', 'note', 'reply', 'deliveryProblem'].includes(field);
  const set = (next: string[], how = operator) => onChange(next.length > 0 ? { ...condition, operator: how, values: next } : null);
  const change = (how: Operator) => {
    setOperator(how);
    const dated = how === 'before' || how === 'after';
    const wasDated = operator === 'before' || operator === 'after';
    if (values.length > 0 && dated === wasDated) set(values, how);
  };
  const typed = ['subject', 'text', 'from', 'to', 'filename'].includes(field);
  const dated = operator === 'before' || operator === 'after';

  return (
    <div className={classes.editor}>
      {OPERATORS[field].length > 1 && (
        <label className={classes.how}>
          {fieldName(field)}
          <select value={operator} onChange={(event) => change(event.currentTarget.value as Operator)}>
            {OPERATORS[field].map((each) => (
              <option key={each} value={each}>
                {operatorName(field, each)}
              </option>
            ))}
          </select>
        </label>
      )}
      {dated ? (
        <input
          type="date"
          className={classes.date}
          aria-label={fieldName(field)}
          data-autofocus
          defaultValue={values[0]?.startsWith('P') ? '' : values[0]?.slice(0, 10)}
          onChange={(event) => {
            const day = new Date(`${event.currentTarget.value}T00:00`);
            if (!Number.isNaN(day.getTime()) && day.getFullYear() > 1970) set([day.toISOString()]);
          }}
          onKeyDown={(event) => event.key === 'Enter' && onClose()}
        />
      ) : (
        <PickList
          label={fieldName(field)}
          placeholder={typed ? t('Type words, then Enter…') : t('Choose…')}
          multiple={several}
          picks={
            typed
              ? values.map((value) => ({ id: value, label: `“${value}”`, chosen: true }))
              : picksOf(field, names).map((pick) => ({ ...pick, chosen: values.includes(pick.id) }))
          }
          create={
            typed
              ? (words) =>
                  words.length > 100 || values.includes(words) ? null : { id: words, label: t('Contains “{words}”', { words }) }
              : undefined
          }
          empty={typed ? t('Several count as any of them.') : t('There is nothing to choose yet.')}
          onClose={onClose}
          onPick={({ id }) => {
            if (!several) {
              set([id]);
              onClose();
            } else set(values.includes(id) ? values.filter((each) => each !== id) : [...values, id]);
          }}
        />
      )}
    </div>
  );
}
