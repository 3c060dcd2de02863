import { Face, initialsOf } from '../platform/Face';
import { WithPresence } from './Presence';
import { useAgents } from './session';

interface Props {
  agent: { id: number; name: string };
  size?: number;
  /** Without the sign of whether they are there. */
  still?: boolean;
}

function useFaceUrl(id: number): string | null {
  return useAgents().find((each) => each.id === id)?.faceUrl ?? null;
}

/** An agent's picture, or the initials where there is none. Decoration, like every face. */
export function AgentFace({ agent, size, still }: Props) {
  const face = <Face name={agent.name} size={size} url={useFaceUrl(agent.id)} />;
  return still ? face : <WithPresence agentId={agent.id}>{face}</WithPresence>;
}

/** The same where room is scarce: plain initials, unless there is a picture. */
export function AgentMark({ agent }: Props) {
  const url = useFaceUrl(agent.id);
  return url ? <Face name={agent.name} size={18} url={url} /> : initialsOf(agent.name);
}
