import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import { TagsInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Conversation } from '../../api/types';
import { customersLike } from '../../customers/queries';
import { t } from '../../platform/i18n';
import classes from './Composer.module.css';
import { parseRecipient, type People, shown } from './drafts';

const ADDRESS = /^[^@\s]+@[^@\s]+$/;

interface FieldProps {
  label: string;
  value: string[];
  focus?: boolean;
  /** As the fields of a form are, not as the lines of an editor. */
  form?: boolean;
  onChange: (people: string[]) => void;
}

/** Chips by Enter or comma, the last one gone by Backspace, customers offered while one types. */
export function PeopleField({ label, value, focus, form, onChange }: FieldProps) {
  const [typed, setTyped] = useState('');
  const [searched] = useDebouncedValue(typed.trim(), 200);
  const customers = useQuery(customersLike(searched)).data?.items ?? [];
  const wrong = value.find((each) => !ADDRESS.test(parseRecipient(each).address));
  return (
    <TagsInput
      label={label}
      size={form ? 'sm' : 'xs'}
      autoComplete="off"
      data-autofocus={focus || undefined}
      autoFocus={focus}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
      splitChars={[',', ';']}
      acceptValueOnBlur
      filter={({ options }) => options}
      data={[...new Set(customers.filter((each) => each.address !== null).map(shown))]}
      error={wrong === undefined ? undefined : t('“{text}” is not an address.', { text: wrong })}
      onChange={onChange}
      classNames={{ pill: classes.pill, ...(form ? {} : { root: classes.people, label: classes.peopleLabel }) }}
    />
  );
}

interface Props {
  people: People;
  subject: string;
  focus: boolean;
  onChange: (people: People) => void;
  onSubject: (subject: string) => void;
}

export function Recipients({ people, subject, focus, onChange, onSubject }: Props) {
  return (
    <div className={classes.recipients}>
      <PeopleField label={t('To')} value={people.to} focus={focus} onChange={(to) => onChange({ ...people, to })} />
      <PeopleField label={t('Cc')} value={people.cc} onChange={(cc) => onChange({ ...people, cc })} />
      <PeopleField label={t('Bcc')} value={people.bcc} onChange={(bcc) => onChange({ ...people, bcc })} />
      <TextInput
        label={t('Subject')}
        size="xs"
        placeholder={t('The conversation’s')}
        maxLength={500}
        value={subject}
        onChange={(event) => onSubject(event.currentTarget.value)}
        classNames={{ root: classes.people, label: classes.peopleLabel }}
      />
    </div>
  );
}

/** "to Anna, cc 2" */
export function inShort(people: People): string {
  const names = people.to.map((each) => parseRecipient(each).name ?? parseRecipient(each).address);
  const to = names.length > 1 ? t('{name} and {n} more', { name: names[0] ?? '', n: names.length - 1 }) : (names[0] ?? t('nobody yet'));
  return [
    t('to {people}', { people: to }),
    people.cc.length > 0 && t('cc {n}', { n: people.cc.length }),
    people.bcc.length > 0 && t('bcc {n}', { n: people.bcc.length }),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The copies that an agent added, without those who had been written to. */
export function withoutAll({ answering }: Conversation, people: People): string[] {
  const all = new Set(answering.cc.map((each) => (each.address ?? '').toLowerCase()));
  return people.cc.filter((each) => !all.has(parseRecipient(each).address.toLowerCase()));
}

/** Who else was written to and is left out just now. */
export function leftOut({ answering }: Conversation, people: People): string[] {
  const there = new Set([...people.to, ...people.cc, ...people.bcc].map((each) => parseRecipient(each).address.toLowerCase()));
  return answering.cc.filter((each) => !there.has((each.address ?? '').toLowerCase())).map(shown);
}
