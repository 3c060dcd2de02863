import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Page } from '../../api/types';
import { announce } from '../../platform/announcer';
import { get } from '../../platform/http';
import { readStored } from '../../platform/stored';
import { useOpenId } from '../useListing';
import { countersQuery, type NotificationLine, see } from './queries';
import { whatHappened } from './wordings';

/** Keeps tab, icon and ears in step with what is unread, and takes what is looked at for read. */
export default function NotificationWatch() {
  const { data } = useQuery(countersQuery);
  const unread = data?.unread ?? 0;
  const openId = useOpenId();
  const before = useRef<number | null>(null);

  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Shopbell` : 'Shopbell';
    icon(unread);
    badge(unread);
  }, [unread]);

  useEffect(() => {
    if (data === undefined) return;
    const grown = before.current !== null && unread > before.current;
    before.current = unread;
    if (!grown) return;
    if (readStored('sound') === 'on') chime();
    get<Page<NotificationLine>>('/me/notifications', { unread: 'true', limit: 1 })
      .then(({ items }) => items[0] && announce(`${whatHappened(items[0])}: ${items[0].subject}`))
      .catch(() => undefined);
  }, [data, unread]);

  useEffect(() => {
    if (openId === null || unread === 0) return;
    const look = () => {
      if (document.visibilityState === 'visible') see(openId).catch(() => undefined);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [openId, unread]);
  return null;
}

const BELL = '/bell.svg';

/** The bell with the number on it, drawn anew: the address of a picture is all that an icon can be given. */
function icon(unread: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  if (unread === 0) {
    link.href = BELL;
    return;
  }
  const text = unread > 9 ? '9+' : String(unread);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0a6970"/>' +
    '<path d="M13 6.500c-3.900 0-6.500 2.900-6.500 6.800v4.200L4.600 21c-.3.6.1 1.200.7 1.200h15.400c.6 0 1-.6.7-1.200l-1.900-3.500v-4.200c0-3.900-2.600-6.800-6.500-6.800Z" fill="#fff"/>' +
    '<circle cx="22" cy="11" r="10" fill="#b3261e"/>' +
    `<text x="22" y="16" font-family="sans-serif" font-size="${text.length > 1 ? 12 : 15}" font-weight="700" fill="#fff" text-anchor="middle">${text}</text></svg>`;
  link.href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function badge(unread: number): void {
  const shell = navigator as Navigator & { setAppBadge?: (n: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  const set = unread > 0 ? shell.setAppBadge?.(unread) : shell.clearAppBadge?.();
  set?.catch(() => undefined);
}

/** Two soft tones, made here: no file to load. Browsers keep silent until the page was touched once. */
export function chime(): void {
  try {
    const context = new AudioContext();
    [660, 880].forEach((pitch, index) => {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const start = context.currentTime + index * 0.14;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.08, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.32);
    });
    setTimeout(() => void context.close(), 800);
  } catch {
    // No sound here; the bell shows it.
  }
}
