import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { Mention } from '../notifications/Mention';
import { Linkified } from './Linkified';
import { parseHtml } from './mailHtml';

/** Rebuilt one by one from this list, without any of their attributes: no markup of a mail reaches the page. */
const SAFE: Record<string, string> = {
  P: 'p',
  DIV: 'div',
  B: 'strong',
  STRONG: 'strong',
  I: 'em',
  EM: 'em',
  U: 'u',
  S: 's',
  DEL: 's',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  BLOCKQUOTE: 'blockquote',
  CODE: 'code',
  PRE: 'pre',
  SUB: 'sub',
  SUP: 'sup',
  H1: 'p',
  H2: 'p',
  H3: 'p',
};
/** Kept by us, so nothing is called when it is shown. */
const OWN_IMAGE = /^\/api\/v1\/attachments\/\d+$/;
const UNSEEN = new Set(['HEAD', 'TITLE', 'META', 'STYLE', 'SCRIPT']);

function nodesOf(parent: Node, inLink: boolean): ReactNode[] {
  return [...parent.childNodes].map((node, index) => <Fragment key={index}>{nodeOf(node, inLink)}</Fragment>);
}

function nodeOf(node: Node, inLink: boolean): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent ?? '';
    return inLink ? text : <Linkified text={text} />;
  }
  if (!(node instanceof HTMLElement) || UNSEEN.has(node.tagName)) return null;
  if (node.tagName === 'BR') return <br />;
  if (node.tagName === 'IMG') {
    const source = node.getAttribute('src') ?? '';
    const width = Number(node.getAttribute('width')) || undefined;
    return OWN_IMAGE.test(source) ? <img src={source} alt={node.getAttribute('alt') ?? ''} width={width} loading="lazy" /> : null;
  }
  if (node.tagName === 'HR') return <hr />;
  if (node.tagName === 'A') {
    const href = node.getAttribute('href') ?? '';
    const children = nodesOf(node, true);
    if (!/^(https?:|mailto:|tel:)/i.test(href)) return children;
    return (
      <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  }
  const mentioned = Number(node.getAttribute('data-mention'));
  if (node.tagName === 'SPAN' && mentioned > 0) return <Mention id={mentioned} name={node.textContent ?? ''} />;
  const tag = SAFE[node.tagName];
  const children = nodesOf(node, inLink);
  return tag ? createElement(tag, { dir: tag === 'p' || tag === 'li' ? 'auto' : undefined }, ...children) : children;
}

export function RichText({ html }: { html: string }) {
  return useMemo(() => nodesOf(parseHtml(html).body, false), [html]);
}
