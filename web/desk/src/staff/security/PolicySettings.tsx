import { Checkbox } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignInPolicy } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { put, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { toastProblem } from '../../platform/toasts';
import { Trouble } from '../../platform/Trouble';
import classes from '../../settings/Settings.module.css';
import { rolesQuery, roleTitle } from '../access';
import { signInPolicyQuery } from './queries';

/** Of whom the desk asks a second step. */
export function PolicySettings() {
  const query = useQuery(signInPolicyQuery);
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const queryClient = useQueryClient();
  const change = async (wanted: SignInPolicy) => {
    const before = query.data;
    queryClient.setQueryData(keys.signInPolicy, wanted);
    try {
      await put('/sign-in-policy', wanted);
      // It may ask it of whoever has just said so.
      void queryClient.invalidateQueries({ queryKey: keys.session });
    } catch (error) {
      queryClient.setQueryData(keys.signInPolicy, before);
      toastProblem(t('It could not be changed. {reason}', { reason: reasonOf(error) }));
    }
  };
  const policy = query.data;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Second step')}</h2>
      <p className={classes.lead}>{t('Who must show a code from an app after their password. Whoever has none is led to set it up, and can do nothing else before. It holds at once.')}</p>
      {query.isError && !policy ? (
        <Trouble error={query.error} what={t('these settings')} retry={() => void query.refetch()} />
      ) : !policy ? (
        <Bone width="100%" height={120} />
      ) : (
        <div className={classes.stack}>
          <Checkbox label={t('Everyone')} checked={policy.everyone} onChange={(event) => void change({ ...policy, everyone: event.currentTarget.checked })} />
          {!policy.everyone &&
            roles.map((role) => (
              <Checkbox
                key={role.id}
                label={roleTitle(role)}
                checked={policy.roles.includes(role.id)}
                onChange={(event) =>
                  void change({ ...policy, roles: event.currentTarget.checked ? [...policy.roles, role.id] : policy.roles.filter((each) => each !== role.id) })
                }
              />
            ))}
        </div>
      )}
    </section>
  );
}
