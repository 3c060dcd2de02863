import type { ReactNode } from 'react';
import classes from './Trouble.module.css';

/** An empty place says what it is for, and offers one way to begin. */
export function Empty({ icon, title, children, action }: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.trouble}>
      {icon && <span className="empty-icon">{icon}</span>}
      <h2 className={classes.title}>{title}</h2>
      {children && <p className={classes.text}>{children}</p>}
      {action}
    </div>
  );
}
