import { useState } from 'react';
import type { Condition, CustomField } from '../../api/types';
import { t } from '../../platform/i18n';
import { type Pick, PickList } from '../../platform/PickList';
import { AgentFace } from '../../staff/AgentFace';
import { PriorityIcon, StatusIcon } from '../list/signs';
import { CUSTOM_OPERATORS, type Field, type Operator, OPERATORS } from './conditions';
import classes from './FilterBar.module.css';
import { askedName, customOf, customValue, type Names, operatorName, spanName, valueName } from './wording';

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

function customPicks(custom: CustomField): Pick[] {
  switch (custom.kind) {
    case 'choice':
    case 'choices':
      return custom.choices.filter((choice) => !choice.archived).map(({ key, name }) => ({ id: key, label: name }));
    case 'yesNo':
      return ['yes', 'no'].map((id) => ({ id, label: capital(customValue(custom, id)) }));
    case 'date':
      return (SPANS.created ?? []).map((id) => ({ id, label: spanName(id) }));
    case 'text':
    case 'link':
    case 'number':
      return [];
  }
}

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
    case 'custom':
    case 'customerCustom':
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
  const custom = customOf(condition, names);
  const name = askedName(condition, names);
  const operators = custom ? CUSTOM_OPERATORS[custom.kind] : OPERATORS[field];
  const [operator, setOperator] = useState(condition.operator);
  const several = SEVERAL.includes(operator) && !['unread', 'following', 'draft', 'scheduled', 'attachment', 'note', 'reply', 'deliveryProblem'].includes(field) && custom?.kind !== 'yesNo';
  const set = (next: string[], how = operator) => onChange(next.length > 0 ? { ...condition, operator: how, values: next } : null);
  const change = (how: Operator) => {
    setOperator(how);
    const dated = how === 'before' || how === 'after';
    const wasDated = operator === 'before' || operator === 'after';
    if (values.length > 0 && dated === wasDated) set(values, how);
  };
  const typed = ['subject', 'text', 'from', 'to', 'filename'].includes(field) || custom?.kind === 'text' || custom?.kind === 'link';
  const dated = operator === 'before' || operator === 'after';

  return (
    <div className={classes.editor}>
      {operators.length > 1 && (
        <label className={classes.how}>
          {name}
          <select value={operator} onChange={(event) => change(event.currentTarget.value as Operator)}>
            {operators.map((each) => (
              <option key={each} value={each}>
                {operatorName(field, each)}
              </option>
            ))}
          </select>
        </label>
      )}
      {custom?.kind === 'number' ? (
        <input
          type="number"
          step="any"
          className={classes.date}
          aria-label={name}
          data-autofocus
          defaultValue={values[0]}
          onChange={(event) => {
            const typedNumber = event.currentTarget.value;
            if (/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(typedNumber)) set([typedNumber]);
          }}
          onKeyDown={(event) => event.key === 'Enter' && onClose()}
        />
      ) : dated ? (
        <input
          type="date"
          className={classes.date}
          aria-label={name}
          data-autofocus
          defaultValue={values[0]?.startsWith('P') ? '' : values[0]?.slice(0, 10)}
          onChange={(event) => {
            const day = new Date(`${event.currentTarget.value}T00:00`);
            // A field of the shop's own holds days, which are the same everywhere.
            if (!Number.isNaN(day.getTime()) && day.getFullYear() > 1970) set([custom ? event.currentTarget.value : day.toISOString()]);
          }}
          onKeyDown={(event) => event.key === 'Enter' && onClose()}
        />
      ) : (
        <PickList
          label={name}
          placeholder={typed ? t('Type words, then Enter…') : t('Choose…')}
          multiple={several}
          picks={
            typed
              ? values.map((value) => ({ id: value, label: `“${value}”`, chosen: true }))
              : (custom ? customPicks(custom) : picksOf(field, names)).map((pick) => ({ ...pick, chosen: values.includes(pick.id) }))
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
