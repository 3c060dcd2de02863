import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Permission, RoleEntry } from '../api/types';
import { del, patch, post, reasonOf } from '../platform/http';
import { plural, t } from '../platform/i18n';
import { ListBones } from '../platform/ListBones';
import { keys } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { permissionWords, roleText, rolesQuery, roleTitle } from './access';
import own from './RolesSettings.module.css';
import { useSession } from './session';

export function RolesSettings() {
  const { may } = useSession();
  const query = useQuery(rolesQuery);
  const [editing, setEditing] = useState<string | null>(null);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the roles')} retry={() => void query.refetch()} />;
  if (!query.data) return <ListBones rows={6} />;
  const roles = query.data.items;
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.grow}>{t('A role says what somebody may do. Which brands and conversations they see is set for each person.')}</p>
        {may('roles:manage') && editing === null && <Button onClick={() => setEditing('new')}>{t('New role')}</Button>}
      </div>
      {editing === 'new' && <RoleForm close={() => setEditing(null)} />}
      <Matrix roles={roles} />
      <ul aria-label={t('Roles')}>
        {roles.map((role) => (
          <li key={role.id}>
            <div className={classes.row}>
              <div className={classes.grow}>
                <p className="truncate">
                  <bdi>
                    <strong>{roleTitle(role)}</strong>
                  </bdi>
                  {role.builtIn && <span className={classes.quiet}> · {t('built in')}</span>}
                  <span className={classes.quiet}> · {plural(role.agents, '{n} person', '{n} people')}</span>
                </p>
                <p className={classes.quiet} dir="auto">
                  {roleText(role)}
                </p>
              </div>
              {!role.builtIn && may('roles:manage') && <RoleActions role={role} change={() => setEditing(role.id)} />}
            </div>
            {editing === role.id && <RoleForm role={role} close={() => setEditing(null)} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Matrix({ roles }: { roles: RoleEntry[] }) {
  const words = permissionWords();
  return (
    // It scrolls sideways where there are many roles: so it must be reachable by keyboard.
    <div className={own.scroll} tabIndex={0} role="region" aria-label={t('What each role may do')}>
      <table className={own.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('It may')}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <bdi>{roleTitle(role)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(Object.keys(words) as Permission[]).map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {words[permission].name}
                <span className={own.why}>{words[permission].text}</span>
              </th>
              {roles.map((role) => (
                <td key={role.id}>
                  {role.permissions.includes(permission) ? <span className={own.yes} role="img" aria-label={t('yes')} /> : <span className="visually-hidden">{t('no')}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RoleActions({ role, change }: { role: RoleEntry; change: () => void }) {
  const client = useQueryClient();
  const remove = async () => {
    try {
      await del(`/roles/${role.id}`);
      toast(t('{name} is removed', { name: role.name }), {
        action: {
          label: t('Undo'),
          chord: 'z',
          run: () => {
            const { name, explanation, permissions } = role;
            void post('/roles', { name, explanation, permissions }).then(() => client.invalidateQueries({ queryKey: keys.roles }));
          },
        },
      });
    } catch (error) {
      toastProblem(t('This role could not be removed. {reason}', { reason: reasonOf(error) }));
    } finally {
      void client.invalidateQueries({ queryKey: keys.roles });
    }
  };
  return (
    <div className={classes.actions}>
      <Button variant="subtle" onClick={change} aria-label={t('Change {name}', { name: role.name })}>
        {t('Change')}
      </Button>
      <Button variant="subtle" color="red" onClick={() => void remove()} aria-label={t('Remove {name}', { name: role.name })}>
        {t('Remove')}
      </Button>
    </div>
  );
}

function RoleForm({ role, close }: { role?: RoleEntry; close: () => void }) {
  const { may } = useSession();
  const client = useQueryClient();
  const words = permissionWords();
  const [name, setName] = useState(role?.name ?? '');
  const [explanation, setExplanation] = useState(role?.explanation ?? '');
  const [permissions, setPermissions] = useState<string[]>(role?.permissions ?? ['conversations:read', 'conversations:reply', 'conversations:change']);
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), explanation: explanation.trim(), permissions };
    const done = await save(async () => {
      await (role ? patch(`/roles/${role.id}`, body) : post('/roles', body));
      await client.invalidateQueries({ queryKey: keys.roles });
      void client.invalidateQueries({ queryKey: keys.agents });
    }, t('Saved'));
    if (done) close();
  };
  return (
    <form className={classes.card} aria-label={role ? t('Change {name}', { name: role.name }) : t('New role')} onSubmit={(event) => void onSubmit(event)}>
      <div className={classes.form} style={{ maxWidth: 640 }}>
        <div className={classes.pair}>
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
          <TextInput
            label={t('What it is for')}
            maxLength={300}
            value={explanation}
            error={fields.explanation}
            onChange={(event) => setExplanation(event.currentTarget.value)}
          />
        </div>
        <Checkbox.Group label={t('It may')} value={permissions} onChange={setPermissions} error={fields.permissions}>
          <div className={classes.scopes}>
            {(Object.keys(words) as Permission[]).map((permission) => (
              <Checkbox
                key={permission}
                value={permission}
                label={words[permission].name}
                description={words[permission].text}
                // Nobody gives what they do not hold; and without reading the desk could show nothing.
                disabled={permission === 'conversations:read' || !may(permission)}
              />
            ))}
          </div>
        </Checkbox.Group>
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={classes.actions}>
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
