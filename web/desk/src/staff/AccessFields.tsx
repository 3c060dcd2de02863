import { Checkbox, Radio, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Agent, Sees } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { t } from '../platform/i18n';
import classes from '../settings/Settings.module.css';
import { dateOf, endOfDay, roleText, roleTitle, rolesQuery } from './access';
import { useTeams } from './teams';

/** What somebody may do and see, and until when, as a form holds it. */
export interface Access {
  role: string;
  teams: number[];
  /** Null for all. */
  brands: number[] | null;
  conversations: Sees['conversations'];
  /** A day, or empty where it does not end. */
  until: string;
}

const WEEK = 7 * 86_400_000;

export const NEW_ACCESS: Access = { role: 'agent', teams: [], brands: null, conversations: 'all', until: '' };

export function accessOf(agent: Agent): Access {
  return {
    role: agent.role,
    teams: agent.teams,
    brands: agent.sees.brands,
    conversations: agent.sees.conversations,
    until: agent.expiresAt ? dateOf(agent.expiresAt) : '',
  };
}

/** As the server takes it. */
export function accessBody(access: Access) {
  const owner = access.role === 'owner';
  return {
    role: access.role,
    teams: access.teams,
    sees: owner ? { brands: null, conversations: 'all' } : { brands: access.brands, conversations: access.conversations },
    ...(access.until && !owner ? { expiresAt: endOfDay(access.until) } : {}),
  };
}

interface Props {
  access: Access;
  change: (access: Access) => void;
  fields: Record<string, string | undefined>;
}

export function AccessFields({ access, change, fields }: Props) {
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const teams = useTeams();
  const chosen = roles.find((role) => role.id === access.role);
  const owner = access.role === 'owner';
  const setRole = (role: string) =>
    change({
      ...access,
      role,
      // The least that a guest needs is the usual; both can be changed below.
      ...(role === 'guest' ? { conversations: 'teams', until: access.until || dateOf(new Date(Date.now() + WEEK).toISOString()) } : {}),
    });
  return (
    <>
      <Select
        label={t('Role')}
        data={(roles.length > 0 ? roles : [{ id: access.role, name: access.role }]).map((role) => ({ value: role.id, label: roleTitle(role) }))}
        description={chosen && roleText(chosen)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={access.role}
        allowDeselect={false}
        error={fields.role}
        onChange={(value) => value && setRole(value)}
      />
      {teams.length > 0 && (
        <Checkbox.Group
          label={t('Teams')}
          value={access.teams.map(String)}
          onChange={(values) => change({ ...access, teams: values.map(Number) })}
          error={fields.teams}
        >
          <div className={classes.scopes}>
            {teams.map((team) => (
              <Checkbox key={team.id} value={String(team.id)} label={team.name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {!owner && brands.length > 1 && (
        <Checkbox.Group
          label={t('Brands they see')}
          value={access.brands === null ? ['all'] : access.brands.map(String)}
          error={fields.sees}
          onChange={(values) => {
            const named = values.filter((value) => value !== 'all').map(Number);
            const all = values.includes('all') && (access.brands !== null || named.length === 0);
            change({ ...access, brands: all || named.length === 0 ? null : named });
          }}
        >
          <div className={classes.scopes}>
            <Checkbox value="all" label={t('All, also new ones')} />
            {brands.map((brand) => (
              <Checkbox key={brand.id} value={String(brand.id)} label={brand.name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {!owner && (
        <Radio.Group
          label={t('Conversations they see')}
          value={access.conversations}
          onChange={(value) => change({ ...access, conversations: value as Access['conversations'] })}
        >
          <div className={classes.stack}>
            <Radio value="all" label={t('All')} />
            <Radio value="teams_and_unassigned" label={t('Those of their teams, their own, and those that are nobody’s')} />
            <Radio value="teams" label={t('Only those of their teams and their own')} />
          </div>
        </Radio.Group>
      )}
      {!owner && (
        <TextInput
          label={t('Access until')}
          description={access.role === 'guest' ? t('A guest is gone after this day.') : t('Empty where it does not end.')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="date"
          min={dateOf(new Date().toISOString())}
          required={access.role === 'guest'}
          withAsterisk={false}
          value={access.until}
          error={fields.expiresAt}
          onChange={(event) => change({ ...access, until: event.currentTarget.value })}
        />
      )}
    </>
  );
}
