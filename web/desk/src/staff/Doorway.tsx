import { type ReactNode, useEffect } from 'react';
import classes from './Doorway.module.css';

/** What stands before the desk: signing in, joining. */
export function Doorway({
  title,
  documentTitle,
  lead,
  children,
}: {
  title: string;
  documentTitle: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${documentTitle} · Shopbell`;
  }, [documentTitle]);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/bell.svg" alt="" width={40} height={40} />
        <h1 className={classes.title}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}
