// The desk's service worker: the app itself without a network, and push. It never touches the API.
const CACHE = 'shopbell-desk';
const INDEX = '/';
const PATIENCE_MS = 2500;
/** Beside the index: what it needs that bears no hash in its name. */
const SHELL = ['/theme.js', '/bell.svg', '/manifest.webmanifest', '/icon-192.png', '/badge.png'];
const PAGES = /^\/($|inbox(\/|$)|settings(\/|$)|start$|sign-in$)/;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(refresh());
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGES.test(url.pathname)) event.respondWith(page(event));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(asset(request));
  } else if (SHELL.includes(url.pathname)) {
    event.respondWith(newest(request, request));
  }
});

/** The server's index, so that nobody is trapped in an old version; the kept one where the server is slow or away. */
async function page(event) {
  const answer = await newest(event.request, INDEX);
  event.waitUntil(refresh());
  return answer;
}

async function newest(request, key) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(key);
  const fetched = fetch(request).then(async (answer) => {
    if (answer.ok && answer.type === 'basic') await cache.put(key, answer.clone());
    return answer;
  });
  if (!kept) return fetched;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([fetched.catch(() => kept), late]);
}

/** A name with a hash always means the same bytes. */
async function asset(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/**
 * Keeps every file of the newest version, also those not opened yet, and drops those of versions before the last: a
 * tab that still shows the last one may yet need a part of it.
 */
async function refresh() {
  const answer = await fetch('/assets.json', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  const cache = await caches.open(CACHE);
  const before = await cache.match('/assets.json');
  const last = before ? await before.json() : { assets: [] };
  const next = await answer.clone().json();
  if (before && last.version === next.version) return;
  await Promise.all(
    [INDEX, ...SHELL, ...next.assets].map(async (path) => {
      if (path.startsWith('/assets/') && (await cache.match(path))) return;
      const file = await fetch(path, path.startsWith('/assets/') ? undefined : { cache: 'no-store' });
      if (file.ok) await cache.put(path, file);
    }),
  );
  const wanted = new Set([...next.assets, ...last.assets]);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (path.startsWith('/assets/') && !wanted.has(path)) await cache.delete(request);
  }
  await cache.put('/assets.json', answer);
}

const WORDS = {
  en: {
    test: 'Push works here',
    testBody: 'This is how Shopbell will call you.',
    mentioned: 'A colleague mentioned you',
    failed: 'An answer could not be delivered',
    held: 'A scheduled answer is held back',
    assigned: 'A conversation was given to you',
    answered: 'A customer wrote to you',
    noted: 'A note in one of yours',
    followed: 'News in one that you follow',
    woken: 'A conversation is due',
    unassigned: 'A customer wrote',
    number: 'Conversation #',
    more: ' new',
  },
  de: {
    test: 'Push kommt hier an',
    testBody: 'So ruft dich Shopbell.',
    mentioned: 'Jemand aus dem Team hat dich erwähnt',
    failed: 'Eine Antwort konnte nicht zugestellt werden',
    held: 'Eine geplante Antwort wird zurückgehalten',
    assigned: 'Eine Unterhaltung wurde dir übergeben',
    answered: 'Ein Kunde hat dir geschrieben',
    noted: 'Eine Notiz in einer deiner Unterhaltungen',
    followed: 'Neues in einer Unterhaltung, der du folgst',
    woken: 'Eine Unterhaltung ist fällig',
    unassigned: 'Ein Kunde hat geschrieben',
    number: 'Unterhaltung #',
    more: ' neu',
  },
};

self.addEventListener('push', (event) => {
  let told = { kind: 'answered', count: 1, conversation: null, title: null, body: null };
  try {
    told = event.data.json();
  } catch {
    // Something is to be shown for every push; the desk tells the rest.
  }
  const words = WORDS[self.navigator.language.slice(0, 2)] ?? WORDS.en;
  const what = words[told.kind] ?? words.answered;
  const count = told.count > 1 ? ` · ${told.count}${words.more}` : '';
  const title = told.title ? `${told.title}: ${what}` : what;
  const body = told.body ?? (told.conversation ? `${words.number}${told.conversation}${count}` : words.testBody);
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag: told.conversation ? `c${told.conversation}` : 'test',
      renotify: true,
      icon: '/icon-192.png',
      badge: '/badge.png',
      data: { url: told.conversation ? `/inbox/all/${told.conversation}` : '/settings/notifications' },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

/** In the desk that is open already, if there is one. */
async function open(url) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const desk = windows.find((each) => each.focused) ?? windows[0];
  if (!desk) return self.clients.openWindow(url);
  desk.postMessage({ type: 'open', url });
  return desk.focus();
}
