import { useMantineColorScheme } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { hideRemoteImages, loadRemoteImages } from './remoteImages';

// The frame has no scripts and its own policy besides the sandbox: nothing in a mail can run, call out, or load, but
// what came with it. Pictures from elsewhere are handed in by the desk.
const POLICY = `default-src 'none'; img-src ${location.origin}/api/v1/attachments/ blob: data:; style-src 'unsafe-inline'`;

function documentFor(html: string): string {
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<base target="_blank">
<style>
  :root { color-scheme: light; }
  html, body { margin: 0; background: #fff; color: #191e24; }
  body { padding: 12px; font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; overflow-y: hidden; }
  img { max-width: 100%; height: auto; }
  img[data-remote-image]:not([src]) { display: inline-block; min-width: 24px; min-height: 24px; outline: 1px dashed #b4bac2; outline-offset: -1px; }
  img[width='0'], img[height='0'], img[width='1'], img[height='1'] { display: none !important; }
  .missing-picture { display: inline-block; padding: 4px 8px; border: 1px dashed #7b8490; color: #4b535d; font-size: 12px; }
  table { max-width: 100%; }
  pre { white-space: pre-wrap; }
  blockquote { margin: 8px 0; padding-left: 12px; border-left: 2px solid #c6ccd3; }
  a { color: #0a6970; }
  ::highlight(found) { background: #ffe48f; color: #191e24; }
  ::highlight(current) { background: #0a6970; color: #fff; }
</style></head><body>${html}</body></html>`;
}

const FIRST_HEIGHT = 120;
const TALLEST = 6_000;

/** How high a mail was when it was last drawn: drawn again, it takes its place at once. */
const heights = new Map<number, number>();
const MOST_HEIGHTS = 2_000;

function remember(messageId: number, height: number): void {
  if (heights.size >= MOST_HEIGHTS) heights.clear();
  heights.set(messageId, height);
}

/** False in the frame in which its place is first drawn. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => (timer = setTimeout(() => setPainted(true))));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return painted;
}

interface Props {
  messageId: number;
  html: string;
  title: string;
  withImages: boolean;
}

/**
 * A mail as its sender laid it out. In the dark it lies on its own sheet of paper: inverting other people's
 * colours makes as many mails unreadable as it saves.
 */
export function MailFrame({ messageId, html, title, withImages }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(heights.get(messageId) ?? FIRST_HEIGHT);
  const { colorScheme } = useMantineColorScheme();
  const source = useMemo(() => documentFor(html), [html]);

  const measure = useCallback(() => {
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    const measured = Math.min(TALLEST, Math.ceil(body.scrollHeight));
    remember(messageId, measured);
    setHeight(measured);
  }, [messageId]);

  const observer = useRef<ResizeObserver | null>(null);
  const [loads, setLoads] = useState(0);
  const onLoad = () => {
    measure();
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    setLoads((n) => n + 1);
    observer.current?.disconnect();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(body);
  };
  useEffect(() => () => observer.current?.disconnect(), []);

  useEffect(() => {
    const page = frame.current?.contentDocument;
    if (!page || loads === 0) return;
    if (!withImages) {
      hideRemoteImages(page);
      return;
    }
    const leaving = new AbortController();
    loadRemoteImages(page, leaving.signal);
    return () => leaving.abort();
  }, [withImages, loads]);

  // A whole document is made for it: the words around it need not wait for that.
  if (!usePainted()) return <div className="mail-frame" style={{ height }} aria-busy="true" />;
  return (
    <iframe
      ref={frame}
      title={title}
      className="mail-frame"
      data-scheme={colorScheme}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={source}
      style={{ height }}
      onLoad={onLoad}
    />
  );
}
