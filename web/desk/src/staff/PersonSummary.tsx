import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { BrandMark } from '../brands/BrandMark';
import { Face } from '../platform/Face';
import { t } from '../platform/i18n';
import { Words } from '../platform/Words';
import { Time, useNow } from '../platform/Time';
import classes from '../settings/Settings.module.css';
import { endOf, roleTitle } from './access';
import { useTeams } from './teams';
import { PresenceName } from './Presence';
import { useSession } from './session';
import { TeamMark } from './TeamMark';

/** Who they are, what they do, and what they see, at one glance. */
export function PersonSummary({ agent }: { agent: Agent }) {
  const { agent: me } = useSession();
  const now = useNow();
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const teams = useTeams().filter((team) => agent.teams.includes(team.id));
  const seen = agent.sees.brands === null ? [] : brands.filter((brand) => agent.sees.brands?.includes(brand.id));
  const end = endOf(agent, now);
  return (
    <>
      <Face name={agent.name} size={36} url={agent.faceUrl} />
      <div className={classes.grow}>
        <p className="truncate">
          <bdi>
            <strong className={agent.active ? undefined : classes.off}>{agent.name}</strong>
          </bdi>
          {agent.id === me.id && ` ${t('(you)')}`}
          {agent.active && agent.joined && (
            <span className={classes.quiet}>
              {' '}
              <PresenceName agentId={agent.id} />
            </span>
          )}
          {agent.demo && <span className={classes.quiet}> · {t('demo')}</span>}
          {!agent.active && <span className={classes.quiet}> · {t('access ended')}</span>}
          {!agent.joined && agent.active && <span className={classes.quiet}> · {t('invited, has not joined yet')}</span>}
          {end && <span className={classes.warn}> · {end}</span>}
        </p>
        <p className={`truncate ${classes.quiet}`}>
          {agent.email}
          {agent.title && ` · ${agent.title}`}
          {agent.languages.length > 0 && ` · ${agent.languages.map(languageName).join(', ')}`}
          {agent.lastSeenAt && (
            <>
              {' · '}
              <Words of={t('seen {time}')} time={<Time at={agent.lastSeenAt} />} />
            </>
          )}
        </p>
        {(teams.length > 0 || seen.length > 0 || agent.sees.conversations !== 'all') && (
          <p className={`${classes.chips} ${classes.quiet}`}>
            {teams.map((team) => (
              <span key={team.id} className={classes.chip}>
                <TeamMark team={team} size={16} /> <bdi className="truncate">{team.name}</bdi>
              </span>
            ))}
            {seen.map((brand) => (
              <span key={brand.id} className={classes.chip}>
                <BrandMark brand={brand} size={16} /> <bdi className="truncate">{brand.name}</bdi>
              </span>
            ))}
            {agent.sees.conversations !== 'all' && <span>{t('sees only theirs and their teams’')}</span>}
          </p>
        )}
      </div>
      <span className={classes.quiet}>
        <bdi>{roleTitle({ id: agent.role, name: agent.roleName })}</bdi>
      </span>
    </>
  );
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
