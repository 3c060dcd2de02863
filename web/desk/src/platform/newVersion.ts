import { t } from './i18n';
import { readStored, writeStored } from './stored';
import { toast } from './toasts';

const CHECK_EVERY_MS = 10 * 60_000;
/** The worker fetches every part of the desk; what is on screen comes first. */
const WORKER_AFTER_MS = 8_000;
/** Hidden for this long, with nothing half written in sight, the page may be made anew. */
const HIDDEN_MS = 60_000;

let known = false;
let checkedAt = 0;
let hidden: ReturnType<typeof setTimeout> | undefined;

/** The service worker and, with it, the change to a new version. Called once, when the desk stands. */
export function keepUpToDate(open: (path: string) => void): () => void {
  const timer = setTimeout(() => {
    if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => undefined);
    void import('../conversations/notifications/push').then(({ confirmSubscription }) => confirmSubscription()).catch(() => undefined);
  }, WORKER_AFTER_MS);
  const onMessage = (event: MessageEvent<{ type?: string; url?: string }>) => {
    if (event.data.type === 'open' && event.data.url?.startsWith('/')) open(event.data.url);
  };
  const onVisibility = () => {
    clearTimeout(hidden);
    if (document.visibilityState === 'visible') void check();
    else if (known) hidden = setTimeout(reloadIfSafe, HIDDEN_MS);
  };
  // A part of the desk that is loaded on demand and no longer there: the server has a newer one.
  const onPart = () => {
    checkedAt = 0;
    void check();
  };
  navigator.serviceWorker?.addEventListener('message', onMessage);
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('vite:preloadError', onPart);
  return () => {
    clearTimeout(timer);
    clearTimeout(hidden);
    navigator.serviceWorker?.removeEventListener('message', onMessage);
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('vite:preloadError', onPart);
  };
}

/** Asks the server whether the page that it gives now begins with another file than this one did. */
export async function check(): Promise<void> {
  const now = Date.now();
  if (known || now - checkedAt < CHECK_EVERY_MS) return;
  checkedAt = now;
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src^="/assets/"]');
  if (!entry) return;
  try {
    const answer = await fetch('/assets.json', { cache: 'no-store' });
    const { assets } = (await answer.json()) as { assets: string[] };
    known = answer.ok && assets.length > 0 && !assets.includes(new URL(entry.src).pathname);
  } catch {
    return;
  }
  if (!known) return;
  toast(t('A new version of the desk is there. Drafts are kept.'), {
    action: { label: t('Reload'), run: () => location.reload() },
    forMs: 60_000,
  });
}

function reloadIfSafe(): void {
  const writing = [...document.querySelectorAll<HTMLElement>('[contenteditable="true"], textarea')].some(
    (field) => (field instanceof HTMLTextAreaElement ? field.value : field.textContent)?.trim() !== '',
  );
  // Once in a while at most: a server that gives two versions in turn must not make the page spin.
  const last = Number(readStored('reloaded'));
  if (writing || document.querySelector('[role="dialog"]') || Date.now() - last < CHECK_EVERY_MS) return;
  writeStored('reloaded', String(Date.now()));
  location.reload();
}
