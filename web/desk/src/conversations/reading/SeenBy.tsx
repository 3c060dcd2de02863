import { t } from '../../platform/i18n';
import { longTime } from '../../platform/instants';
import { useNow } from '../../platform/Time';
import { AgentFace } from '../../staff/AgentFace';
import { useAgents } from '../../staff/session';
import type { Reader } from './reading';
import classes from './SeenBy.module.css';

const MOST_FACES = 6;

/** Who of the colleagues has read this far and no further. */
export function SeenBy({ readers }: { readers: Reader[] }) {
  const now = useNow();
  const agents = useAgents();
  const known = readers.flatMap((reader) => {
    const agent = agents.find((each) => each.id === reader.agentId);
    return agent ? [{ agent, words: t('{name} saw this {when}', { name: agent.name, when: longTime(reader.seenAt, now) }) }] : [];
  });
  if (known.length === 0) return null;
  const more = known.slice(MOST_FACES);
  return (
    <ul className={classes.seen} aria-label={t('Seen by')}>
      {known.slice(0, MOST_FACES).map(({ agent, words }) => (
        <li key={agent.id}>
          <span className={classes.one} data-tip={words}>
            <AgentFace agent={agent} size={18} />
            <span className="visually-hidden">{words}</span>
          </span>
        </li>
      ))}
      {more.length > 0 && (
        <li className={classes.more} title={more.map(({ words }) => words).join('\n')}>
          +{more.length}
        </li>
      )}
    </ul>
  );
}
