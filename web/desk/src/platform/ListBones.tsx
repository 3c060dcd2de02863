import { Bone } from './Bone';
import classes from './ListBones.module.css';

const WIDTHS = [34, 46, 28, 40, 52, 31];

/** The rows of a list before they are here: a name with a line about it. */
export function ListBones({ rows = 4 }: { rows?: number }) {
  return (
    <div aria-busy="true" className={classes.list}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.row}>
          <Bone width={`${WIDTHS[row % WIDTHS.length]}%`} height={14} />
          <Bone width={`${WIDTHS[(row + 2) % WIDTHS.length]}%`} height={10} />
        </div>
      ))}
    </div>
  );
}
