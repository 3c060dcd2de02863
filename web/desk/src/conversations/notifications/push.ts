import { get, put } from '../../platform/http';
import { t } from '../../platform/i18n';
import type { PushDevice } from './queries';

/** What can be done about push in this browser. */
export type PushState = 'unsupported' | 'insecure' | 'denied' | 'off' | 'on';

export async function pushState(): Promise<PushState> {
  if (!window.isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Asks the browser, and tells the server where to push to. */
export async function subscribe(): Promise<PushDevice> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error(t('The browser does not allow it.'));
  const { publicKey } = await get<{ publicKey: string }>('/me/push-key');
  await navigator.serviceWorker.register('/sw.js');
  const registration = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(publicKey) };
  const subscription = await registration.pushManager.subscribe(options).catch(async () => {
    // Bound to a key of before: only a new one is taken.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(options);
  });
  return tell(subscription);
}

/** At each start: the browser may have renewed it, the server may have forgotten it. */
export async function confirmSubscription(): Promise<void> {
  if ((await pushState()) !== 'on') return;
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) await tell(subscription);
}

export async function unsubscribe(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

function tell(subscription: PushSubscription): Promise<PushDevice> {
  const { endpoint, keys } = subscription.toJSON();
  return put<PushDevice>('/me/push-devices', { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, name: nameOfBrowser(navigator.userAgent) });
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (each) => each.charCodeAt(0));
}

/** "Firefox on Linux": enough to tell one's own devices apart. */
export function nameOfBrowser(userAgent: string): string {
  const browsers: [string, RegExp][] = [
    ['Edge', /Edg/],
    ['Opera', /OPR/],
    ['Firefox', /Firefox|FxiOS/],
    ['Chrome', /Chrome|CriOS/],
    ['Safari', /Safari/],
  ];
  const systems: [string, RegExp][] = [
    ['iPhone', /iPhone/],
    ['iPad', /iPad/],
    ['Android', /Android/],
    ['Windows', /Windows/],
    ['Mac', /Mac OS/],
    ['Linux', /Linux/],
  ];
  const browser = browsers.find(([, sign]) => sign.test(userAgent))?.[0] ?? 'Browser';
  const system = systems.find(([, sign]) => sign.test(userAgent))?.[0];
  return system ? `${browser}, ${system}` : browser;
}
