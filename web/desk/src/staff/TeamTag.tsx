import { t } from '../platform/i18n';
import { useTeams } from './teams';
import classes from './TeamMark.module.css';
import { TeamMark } from './TeamMark';

/** Which team has a conversation. */
export function TeamTag({ teamId, short = false }: { teamId: number | null; short?: boolean }) {
  const team = useTeams().find((each) => each.id === teamId);
  if (!team) return null;
  return (
    <span className={classes.tag} title={t('Team {name}', { name: team.name })}>
      <TeamMark team={team} size={18} />
      {short ? <span className="visually-hidden">{t('Team {name}', { name: team.name })}</span> : <bdi className="truncate">{team.name}</bdi>}
    </span>
  );
}
