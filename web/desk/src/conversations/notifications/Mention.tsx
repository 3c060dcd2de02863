import { useSession } from '../../staff/session';
import classes from './Mention.module.css';

/** A colleague's name in a note; one's own stands out. */
export function Mention({ id, name }: { id: number; name: string }) {
  const me = useSession().agent.id === id;
  return (
    <span className={classes.mention} data-me={me || undefined} dir="auto">
      {name}
    </span>
  );
}
