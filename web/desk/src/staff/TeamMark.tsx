import { inkOn } from '../brands/contrast';
import classes from './TeamMark.module.css';

/** A team's emoji, or its initial on its colour. Decoration: the name stands beside it. */
export function TeamMark({ team, size = 20 }: { team: { name: string; color: string; emoji: string | null }; size?: number }) {
  return (
    <span className={classes.mark} style={look(team, size)} aria-hidden>
      {team.emoji ?? [...team.name][0]?.toUpperCase()}
    </span>
  );
}

function look(team: { color: string; emoji: string | null }, size: number) {
  const shape = { width: size, height: size, fontSize: size * 0.6 };
  return team.emoji ? shape : { ...shape, background: team.color, color: inkOn(team.color) };
}
