import { Popover } from '@mantine/core';
import { IconExternalLink, IconForms } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { CustomField, FieldValue, FieldValues } from '../api/types';
import { useCommands } from '../platform/commands';
import { locale, t } from '../platform/i18n';
import { InlineEdit } from '../platform/InlineEdit';
import { PickList } from '../platform/PickList';
import { toastProblem } from '../platform/toasts';
import { type Owner, saveField, useFields } from './fields';
import panel from './CustomerPanel.module.css';
import classes from './OwnFields.module.css';

interface Props {
  owner: Owner;
  title: string;
  values: FieldValues;
  changeable: boolean;
}

/** What the shop itself wants to know of a conversation or a customer, each changed where it stands. */
export default function OwnFields({ owner, title, values, changeable }: Props) {
  const all = useFields().filter((field) => field.subject === owner.subject);
  // What is archived is still told where it is known.
  const fields = all.filter((field) => !field.archived || field.key in values);
  const idOf = (field: CustomField) => `field-${owner.subject}-${field.key}`;
  useCommands(
    changeable
      ? fields
          .filter((field) => !field.archived)
          .map((field) => ({
            id: idOf(field),
            label: t('Change {name}', { name: field.name }),
            group: 'Conversation',
            words: t('field'),
            icon: <IconForms size={16} />,
            onlyWhenSearched: true,
            run: () => {
              const place = document.getElementById(idOf(field))?.querySelector<HTMLElement>('button, input, select');
              place?.focus();
              if (place instanceof HTMLButtonElement) place.click();
            },
          }))
      : [],
  );
  if (fields.length === 0) return null;
  return (
    <section className={panel.part}>
      <h3 className={panel.heading}>{title}</h3>
      <dl className={classes.fields}>
        {fields.map((field) => (
          <div key={field.key} className={classes.field}>
            <dt className={classes.name} title={field.description || undefined} dir="auto">
              {field.name}
            </dt>
            <dd id={idOf(field)} className={classes.value}>
              <Value
                key={owner.id}
                field={field}
                value={values[field.key] ?? null}
                readOnly={!changeable || field.archived}
                save={(next) => void saveField(owner, field, next, values[field.key] ?? null)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface ValueProps {
  field: CustomField;
  value: FieldValue | null;
  readOnly: boolean;
  save: (value: FieldValue | null) => void;
}

const EMPTY = '–';

function Value(props: ValueProps) {
  switch (props.field.kind) {
    case 'text':
    case 'number':
    case 'link':
      return <Words {...props} />;
    case 'date':
      return <Day {...props} />;
    case 'yesNo':
    case 'choice':
      return <Choice {...props} />;
    case 'choices':
      return <Choices {...props} />;
  }
}

function Words({ field, value, readOnly, save }: ValueProps) {
  const words = value === null ? '' : String(value);
  const finish = (typed: string) => {
    if (field.kind !== 'number' || typed === '') {
      save(typed === '' ? null : typed);
      return;
    }
    const number = Number(typed.replace(',', '.'));
    if (Number.isFinite(number)) save(number);
    else toastProblem(t('“{words}” is not a number.', { words: typed }));
  };
  return (
    <>
      <InlineEdit
        value={words}
        empty={EMPTY}
        label={t('Change {name}', { name: field.name })}
        readOnly={readOnly}
        maxLength={2_000}
        className={classes.words}
        onSave={finish}
      />
      {field.kind === 'link' && words && (
        <a href={words} target="_blank" rel="noopener noreferrer" className={classes.open}>
          <IconExternalLink size={16} aria-hidden />
          <span className="visually-hidden">{t('Open {name}', { name: field.name })}</span>
        </a>
      )}
    </>
  );
}

function Day({ field, value, readOnly, save }: ValueProps) {
  const kept = typeof value === 'string' ? value : '';
  const [typed, setTyped] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  // A year is typed digit by digit: it counts once the field is left.
  const finish = (keep: boolean, back: boolean) => {
    if (keep && typed !== null && typed !== kept) save(typed || null);
    setTyped(null);
    if (back) setTimeout(() => button.current?.focus({ preventScroll: true }), 0);
  };
  const words = kept ? new Date(`${kept}T00:00`).toLocaleDateString(locale(), { day: 'numeric', month: 'short', year: 'numeric' }) : EMPTY;
  if (readOnly) return <span>{words}</span>;
  if (typed === null) {
    return (
      <button ref={button} type="button" className={classes.input} data-empty={!kept || undefined} onClick={() => setTyped(kept)}>
        {words}
        <span className="visually-hidden"> – {t('Change {name}', { name: field.name })}</span>
      </button>
    );
  }
  return (
    <input
      type="date"
      className={classes.input}
      aria-label={field.name}
      autoFocus
      min="1900-01-01"
      max="2999-12-31"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => finish(true, false)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter') finish(true, true);
        if (event.key === 'Escape') {
          event.stopPropagation();
          finish(false, true);
        }
      }}
    />
  );
}

function nameOf(field: CustomField, key: string): string {
  return field.choices.find((choice) => choice.key === key)?.name ?? key;
}

function Choice({ field, value, readOnly, save }: ValueProps) {
  const yesNo = field.kind === 'yesNo';
  const kept = value === null ? '' : String(value);
  const choices = yesNo
    ? [
        { key: 'true', name: t('Yes') },
        { key: 'false', name: t('No') },
      ]
    : field.choices.filter((choice) => !choice.archived || choice.key === kept);
  const shown = choices.find((choice) => choice.key === kept)?.name;
  if (readOnly) return <span dir="auto">{shown ?? EMPTY}</span>;
  return (
    <select
      className={classes.input}
      aria-label={field.name}
      value={kept}
      data-empty={!kept || undefined}
      onChange={(event) => {
        const next = event.currentTarget.value;
        save(next === '' ? null : yesNo ? next === 'true' : next);
      }}
    >
      <option value="">{EMPTY}</option>
      {choices.map((choice) => (
        <option key={choice.key} value={choice.key}>
          {choice.name}
        </option>
      ))}
    </select>
  );
}

function Choices({ field, value, readOnly, save }: ValueProps) {
  const [open, setOpen] = useState(false);
  const kept = Array.isArray(value) ? value : [];
  const words = kept.map((key) => nameOf(field, key)).join(', ');
  if (readOnly) return <span dir="auto">{words || EMPTY}</span>;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={260} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className={classes.input} data-empty={kept.length === 0 || undefined} onClick={() => setOpen(!open)}>
          <span dir="auto">{words || EMPTY}</span>
          <span className="visually-hidden"> – {t('Change {name}', { name: field.name })}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={field.name}>
        {open && (
          <PickList
            label={field.name}
            placeholder={t('Choose…')}
            multiple
            picks={field.choices
              .filter((choice) => !choice.archived || kept.includes(choice.key))
              .map((choice) => ({ id: choice.key, label: choice.name, chosen: kept.includes(choice.key) }))}
            onClose={() => setOpen(false)}
            onPick={({ id }) => {
              const next = kept.includes(id) ? kept.filter((key) => key !== id) : [...kept, id];
              save(next.length === 0 ? null : next);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
