import { Button, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconForms, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CustomField, Page } from '../api/types';
import { Empty } from '../platform/Empty';
import { patch, post, put, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { IconAction } from '../platform/IconAction';
import { ListBones } from '../platform/ListBones';
import { keys, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import settings from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import classes from './FieldsSettings.module.css';
import { fieldsQuery } from './fields';

type Kind = CustomField['kind'];
type Subject = CustomField['subject'];

const KINDS: Kind[] = ['text', 'number', 'date', 'yesNo', 'choice', 'choices', 'link'];

function kindName(kind: Kind): string {
  const names: Record<Kind, string> = {
    text: t('Text'),
    number: t('Number or amount'),
    date: t('Date'),
    yesNo: t('Yes or no'),
    choice: t('One choice'),
    choices: t('Several choices'),
    link: t('Link'),
  };
  return names[kind];
}

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: keys.fields });
}

/** What the shop wants to know of its conversations and customers beyond what every shop does. */
export function FieldsSettings() {
  const query = useQuery(fieldsQuery);
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the fields')} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={5} />;
  const fields = query.data.items;
  const begin = <Button onClick={() => setEditing('new')}>{t('New field')}</Button>;
  const group = (subject: Subject, title: string) => {
    const own = fields.filter((field) => field.subject === subject);
    if (own.length === 0) return null;
    return (
      <section className={classes.group}>
        <h2 className={settings.sectionTitle}>{title}</h2>
        <ul aria-label={title}>
          {own.map((field) => (
            <FieldRow key={field.id} field={field} all={fields} editing={editing === field.id} edit={(open) => setEditing(open ? field.id : null)} />
          ))}
        </ul>
      </section>
    );
  };
  return (
    <>
      <div className={settings.bar}>
        <p className={settings.grow}>{t('They stand beside each conversation, and views can ask for them.')}</p>
        {fields.length > 0 && editing !== 'new' && begin}
      </div>
      {editing === 'new' && <FieldForm close={() => setEditing(null)} />}
      {fields.length === 0 && editing === null && (
        <Empty icon={<IconForms size={24} />} title={t('No fields of your own')} action={begin}>
          {t('Add what your shop wants to know, such as an order number, a carrier, or whether a customer is a wholesaler.')}
        </Empty>
      )}
      {group('conversation', t('Of conversations'))}
      {group('customer', t('Of customers'))}
    </>
  );
}

function FieldRow({ field, all, editing, edit }: { field: CustomField; all: CustomField[]; editing: boolean; edit: (open: boolean) => void }) {
  const archive = async (archived: boolean, quiet = false): Promise<void> => {
    try {
      await patch(`/fields/${field.id}`, { archived });
      if (quiet) return;
      toast(archived ? t('{name} archived', { name: field.name }) : t('{name} is back', { name: field.name }), {
        action: { label: t('Undo'), chord: 'z', run: () => void archive(!archived, true) },
      });
    } catch (error) {
      toastProblem(t('{name} could not be saved. {reason}', { name: field.name, reason: reasonOf(error) }));
    } finally {
      void refresh();
    }
  };
  const group = all.filter((each) => each.subject === field.subject);
  const at = group.indexOf(field);
  const move = async (by: 1 | -1) => {
    const order = [...group];
    order.splice(at, 1);
    order.splice(at + by, 0, field);
    const others = all.filter((each) => each.subject !== field.subject);
    const items = field.subject === 'conversation' ? [...order, ...others] : [...others, ...order];
    queryClient.setQueryData<Page<CustomField>>(keys.fields, (old) => old && { ...old, items });
    try {
      await put('/fields/order', { ids: items.map((each) => each.id) });
    } catch (error) {
      toastProblem(`${t('The order could not be kept')}. ${reasonOf(error)}`);
    } finally {
      void refresh();
    }
  };
  return (
    <li>
      <div className={settings.row}>
        <div className={`${settings.grow} ${classes.what}`}>
          <p className="truncate">
            <strong className={field.archived ? settings.off : undefined} dir="auto">
              {field.name}
            </strong>{' '}
            <span className={settings.quiet}>
              · {kindName(field.kind)}
              {field.archived && ` · ${t('archived')}`}
            </span>
          </p>
          <p className={`truncate ${settings.quiet}`} dir="auto">
            {field.description || field.choices.filter((choice) => !choice.archived).map((choice) => choice.name).join(', ') || <code>{field.key}</code>}
          </p>
        </div>
        <div className={settings.actions}>
          {at > 0 && (
            <IconAction label={t('Move {name} up', { name: field.name })} onClick={() => void move(-1)}>
              <IconArrowUp size={16} />
            </IconAction>
          )}
          {at < group.length - 1 && (
            <IconAction label={t('Move {name} down', { name: field.name })} onClick={() => void move(1)}>
              <IconArrowDown size={16} />
            </IconAction>
          )}
          <Button variant="subtle" onClick={() => edit(true)} aria-label={t('Change {name}', { name: field.name })}>
            {t('Change')}
          </Button>
          <Button
            variant="subtle"
            onClick={() => void archive(!field.archived)}
            aria-label={field.archived ? t('Bring back {name}', { name: field.name }) : t('Archive {name}', { name: field.name })}
          >
            {field.archived ? t('Bring back') : t('Archive')}
          </Button>
        </div>
      </div>
      {editing && <FieldForm field={field} close={() => edit(false)} />}
    </li>
  );
}

interface Choice {
  key: string | null;
  name: string;
}

function FieldForm({ field, close }: { field?: CustomField; close: () => void }) {
  const [name, setName] = useState(field?.name ?? '');
  const [description, setDescription] = useState(field?.description ?? '');
  const [subject, setSubject] = useState<Subject>(field?.subject ?? 'conversation');
  const [kind, setKind] = useState<Kind>(field?.kind ?? 'text');
  const [choices, setChoices] = useState<Choice[]>(
    field ? field.choices.filter((choice) => !choice.archived).map(({ key, name: called }) => ({ key, name: called })) : [{ key: null, name: '' }],
  );
  const { busy, save, reason, fields } = useSaving();
  const chosen = kind === 'choice' || kind === 'choices';
  const named = choices.filter((choice) => choice.name.trim());
  const ready = name.trim() !== '' && (!chosen || named.length > 0);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const about = { name: name.trim(), description: description.trim() };
    const done = await save(async () => {
      if (field) {
        await patch(`/fields/${field.id}`, { ...about, choices: chosen ? named.map((each) => ({ key: each.key, name: each.name.trim() })) : undefined });
      } else {
        await post('/fields', { ...about, subject, kind, choices: chosen ? named.map((each) => each.name.trim()) : undefined });
      }
      await refresh();
    }, t('Saved'));
    if (done) close();
  };
  const setChoice = (at: number, called: string) => setChoices(choices.map((each, index) => (index === at ? { ...each, name: called } : each)));
  const swap = (at: number) => {
    const next = [...choices];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at - 1, 0, moved);
    setChoices(next);
  };
  return (
    <form className={settings.card} aria-label={field ? t('Change {name}', { name: field.name }) : t('New field')} onSubmit={(event) => void onSubmit(event)}>
      <div className={settings.form}>
        <TextInput
          label={t('Name')}
          required
          withAsterisk={false}
          autoFocus
          maxLength={60}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {field ? (
          <p className={settings.quiet}>
            {kindName(field.kind)} · <code>{field.key}</code>
          </p>
        ) : (
          <div className={settings.pair}>
            <label className={classes.pick}>
              {t('A field of')}
              <select value={subject} onChange={(event) => setSubject(event.currentTarget.value as Subject)}>
                <option value="conversation">{t('Conversations')}</option>
                <option value="customer">{t('Customers')}</option>
              </select>
            </label>
            <label className={classes.pick}>
              {t('Kind')}
              <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
                {KINDS.map((each) => (
                  <option key={each} value={each}>
                    {kindName(each)}
                  </option>
                ))}
              </select>
            </label>
          </div>
        )}
        <TextInput
          label={t('What it stands for')}
          maxLength={300}
          value={description}
          error={fields.description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {chosen && (
          <fieldset className={classes.choices}>
            <legend>{t('Choices')}</legend>
            {choices.map((choice, at) => (
              <div key={at} className={classes.choice}>
                <TextInput
                  className={settings.grow}
                  aria-label={t('Choice {n}', { n: at + 1 })}
                  maxLength={60}
                  value={choice.name}
                  onChange={(event) => setChoice(at, event.currentTarget.value)}
                  onKeyDown={(event) => {
                    // A list is typed in one go.
                    if (event.key !== 'Enter' || at < choices.length - 1 || !choice.name.trim()) return;
                    event.preventDefault();
                    setChoices([...choices, { key: null, name: '' }]);
                  }}
                  autoFocus={at > 0 && choice.name === '' && choice.key === null}
                />
                {at > 0 && (
                  <IconAction label={t('Move {name} up', { name: choice.name || String(at + 1) })} onClick={() => swap(at)}>
                    <IconArrowUp size={16} />
                  </IconAction>
                )}
                <IconAction
                  label={t('Remove {name}', { name: choice.name || String(at + 1) })}
                  onClick={() => setChoices(choices.filter((_, index) => index !== at))}
                >
                  <IconX size={16} />
                </IconAction>
              </div>
            ))}
            <Button variant="subtle" size="compact-sm" onClick={() => setChoices([...choices, { key: null, name: '' }])}>
              {t('Add a choice')}
            </Button>
            {fields.choices && <p className="form-problem">{fields.choices}</p>}
          </fieldset>
        )}
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={settings.actions}>
          <Button type="submit" loading={busy} disabled={!ready}>
            {t('Save')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
