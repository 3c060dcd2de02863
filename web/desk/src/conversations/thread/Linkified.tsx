import { Fragment } from 'react';

const LINK = /(https?:\/\/[^\s<>"'）】]+[^\s<>"'.,;:!?)\]）】])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** Plain words as React nodes; web and mail addresses in them can be followed. */
export function Linkified({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    const [whole, web] = found;
    if (found.index > end) parts.push(<Fragment key={end}>{text.slice(end, found.index)}</Fragment>);
    parts.push(
      <a key={found.index} href={web ? whole : `mailto:${whole}`} target="_blank" rel="noopener noreferrer nofollow">
        {whole}
      </a>,
    );
    end = found.index + whole.length;
  }
  parts.push(<Fragment key={end}>{text.slice(end)}</Fragment>);
  return parts;
}
