import { Button, TextInput } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Page, TagEntry } from '../api/types';
import { Empty } from '../platform/Empty';
import { del, get, patch, post, reasonOf } from '../platform/http';
import { plural, t } from '../platform/i18n';
import { ListBones } from '../platform/ListBones';
import { keys, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import settings from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { TagChip } from './list/signs';
import { tagsQuery } from './queries';
import { tagColors } from './tagColors';
import classes from './TagsSettings.module.css';

const MOST_COUNTED = 10_000;

const usesQuery = queryOptions({
  queryKey: [...keys.tags, 'uses'] as const,
  queryFn: ({ signal }) => get<Page<{ tagId: number; conversations: number }>>('/tags/uses', undefined, signal),
});

function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: keys.tags });
  void queryClient.invalidateQueries({ queryKey: keys.lists });
  void queryClient.invalidateQueries({ queryKey: keys.views });
  void queryClient.invalidateQueries({ queryKey: ['conversation'] });
}

type Editing = { id: number | 'new'; how: 'change' | 'merge' } | null;

/** The tags of the shop: what they are called and look like, and which are one and the same. */
export function TagsSettings() {
  const query = useQuery(tagsQuery);
  const uses = useQuery(usesQuery).data?.items;
  const [editing, setEditing] = useState<Editing>(null);
  const [sought, setSought] = useState('');
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the tags')} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={6} />;
  const tags = query.data.items;
  const begin = <Button onClick={() => setEditing({ id: 'new', how: 'change' })}>{t('New tag')}</Button>;
  const wanted = sought.trim().toLowerCase();
  const found = tags.filter((tag) => `${tag.name} ${tag.description}`.toLowerCase().includes(wanted));
  const list = (archived: boolean) =>
    found
      .filter((tag) => tag.archived === archived)
      .map((tag) => (
        <TagRow
          key={tag.id}
          tag={tag}
          tags={tags}
          uses={uses?.find((each) => each.tagId === tag.id)?.conversations ?? null}
          editing={editing?.id === tag.id ? editing.how : null}
          edit={(how) => setEditing(how && { id: tag.id, how })}
        />
      ));
  const archived = list(true);
  return (
    <>
      <div className={settings.bar}>
        <p className={settings.grow}>{t('Tags say what a conversation is about. They are shared by all brands.')}</p>
        {tags.length > 0 && editing?.id !== 'new' && begin}
      </div>
      {editing?.id === 'new' && <TagForm close={() => setEditing(null)} />}
      {tags.length === 0 && editing === null && (
        <Empty icon={<IconTags size={24} />} title={t('No tags yet')} action={begin}>
          {t('Make one here, or tag a conversation with # and type a new name.')}
        </Empty>
      )}
      {tags.length > 8 && (
        <TextInput
          type="search"
          aria-label={t('Find a tag')}
          placeholder={t('Find a tag')}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
          className={classes.search}
        />
      )}
      <ul aria-label={t('Tags')}>{list(false)}</ul>
      {found.length === 0 && tags.length > 0 && <p className={settings.quiet}>{t('Nothing by that name.')}</p>}
      {archived.length > 0 && (
        <section className={classes.archived}>
          <h2 className={settings.sectionTitle}>{t('Archived')}</h2>
          <p className={settings.quiet}>{t('They stay on the conversations that have them, and are not offered for more.')}</p>
          <ul aria-label={t('Archived')}>{archived}</ul>
        </section>
      )}
    </>
  );
}

interface RowProps {
  tag: TagEntry;
  tags: TagEntry[];
  uses: number | null;
  editing: 'change' | 'merge' | null;
  edit: (how: 'change' | 'merge' | null) => void;
}

function usesWords(uses: number): string {
  if (uses === 0) return t('not used');
  return uses >= MOST_COUNTED
    ? t('more than {n} conversations', { n: MOST_COUNTED - 1 })
    : plural(uses, '{n} conversation', '{n} conversations');
}

function TagRow({ tag, tags, uses, editing, edit }: RowProps) {
  const archive = async (archived: boolean, quiet = false): Promise<void> => {
    try {
      await patch(`/tags/${tag.id}`, { archived });
      if (quiet) return;
      toast(archived ? t('Tag {name} archived', { name: tag.name }) : t('Tag {name} is back', { name: tag.name }), {
        action: { label: t('Undo'), chord: 'z', run: () => void archive(!archived, true) },
      });
    } catch (error) {
      toastProblem(`${t('The tag could not be changed')}. ${reasonOf(error)}`);
    } finally {
      refresh();
    }
  };
  const remove = async () => {
    try {
      await del(`/tags/${tag.id}`);
      toast(t('Tag {name} removed', { name: tag.name }));
    } catch (error) {
      toastProblem(`${t('The tag could not be removed')}. ${reasonOf(error)}`);
    } finally {
      refresh();
    }
  };
  return (
    <li>
      <div className={settings.row}>
        <div className={`${settings.grow} ${classes.what}`}>
          <TagChip tag={tag} />
          <p className={`truncate ${settings.quiet}`} dir="auto">
            {tag.description}
          </p>
        </div>
        <span className={`${settings.quiet} ${classes.uses}`}>{uses !== null && usesWords(uses)}</span>
        <div className={settings.actions}>
          <Button variant="subtle" onClick={() => edit('change')} aria-label={t('Change {name}', { name: tag.name })}>
            {t('Change')}
          </Button>
          {!tag.archived && tags.length > 1 && (
            <Button variant="subtle" onClick={() => edit('merge')} aria-label={t('Merge {name}', { name: tag.name })}>
              {t('Merge…')}
            </Button>
          )}
          {uses === 0 ? (
            <Button variant="subtle" color="red" onClick={() => void remove()} aria-label={t('Remove {name}', { name: tag.name })}>
              {t('Remove')}
            </Button>
          ) : (
            <Button
              variant="subtle"
              onClick={() => void archive(!tag.archived)}
              aria-label={tag.archived ? t('Bring back {name}', { name: tag.name }) : t('Archive {name}', { name: tag.name })}
            >
              {tag.archived ? t('Bring back') : t('Archive')}
            </Button>
          )}
        </div>
      </div>
      {editing === 'change' && <TagForm tag={tag} close={() => edit(null)} />}
      {editing === 'merge' && <MergeForm tag={tag} tags={tags} uses={uses} close={() => edit(null)} />}
    </li>
  );
}

function TagForm({ tag, close }: { tag?: TagEntry; close: () => void }) {
  const [name, setName] = useState(tag?.name ?? '');
  const [description, setDescription] = useState(tag?.description ?? '');
  const [color, setColor] = useState(tag?.color ?? '#475569');
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), description: description.trim(), color };
    const done = await save(async () => {
      await (tag ? patch(`/tags/${tag.id}`, body) : post('/tags', body));
      refresh();
    }, t('Saved'));
    if (done) close();
  };
  return (
    <form className={settings.card} aria-label={tag ? t('Change {name}', { name: tag.name }) : t('New tag')} onSubmit={(event) => void onSubmit(event)}>
      <div className={settings.form}>
        <TextInput
          label={t('Name')}
          required
          withAsterisk={false}
          autoFocus
          maxLength={60}
          value={name}
          error={fields.name ?? fields.tags}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('What it stands for')}
          maxLength={300}
          value={description}
          error={fields.description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <fieldset className={classes.colors}>
          <legend>{t('Colour')}</legend>
          {tagColors().map((each) => (
            <label key={each.color} className={classes.color} title={each.name}>
              <input type="radio" name="color" checked={color === each.color} onChange={() => setColor(each.color)} />
              <span className={classes.swatch} style={{ background: each.color }} aria-hidden />
              <span className="visually-hidden">{each.name}</span>
            </label>
          ))}
        </fieldset>
        {name.trim() && (
          <div>
            <TagChip tag={{ id: 0, name: name.trim(), color }} />
          </div>
        )}
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={settings.actions}>
          <Button type="submit" loading={busy} disabled={!name.trim()}>
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

function MergeForm({ tag, tags, uses, close }: { tag: TagEntry; tags: TagEntry[]; uses: number | null; close: () => void }) {
  const others = tags.filter((each) => each.id !== tag.id && !each.archived);
  const [into, setInto] = useState('');
  const { busy, save, reason } = useSaving();
  const other = others.find((each) => String(each.id) === into);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (!other) return;
    const done = await save(
      async () => {
        await post(`/tags/${tag.id}/merge`, { intoId: other.id });
        refresh();
      },
      t('{tag} is {other} now', { tag: tag.name, other: other.name }),
    );
    if (done) close();
  };
  return (
    <form className={settings.card} aria-label={t('Merge {name}', { name: tag.name })} onSubmit={(event) => void onSubmit(event)}>
      <div className={settings.form}>
        <label className={classes.into}>
          {t('Merge {name} into', { name: tag.name })}
          <select value={into} autoFocus onChange={(event) => setInto(event.currentTarget.value)}>
            <option value="">{t('Choose…')}</option>
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>
        </label>
        <p className={settings.quiet}>
          {uses !== null && uses > 0 && `${usesWords(uses)}. `}
          {t('Conversations and saved views follow, and the old name leads to the other tag. This cannot be undone.')}
        </p>
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={settings.actions}>
          <Button type="submit" loading={busy} disabled={!other}>
            {t('Merge')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
