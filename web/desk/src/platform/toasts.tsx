import { IconX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { t } from './i18n';
import { KeyCaps } from './KeyCaps';
import { useKeys } from './keyboard';
import classes from './toasts.module.css';

interface ToastAction {
  label: string;
  chord?: string;
  run: () => void;
}

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action?: ToastAction;
  /** From 0 to 1, of something that takes its time. */
  progress?: number;
}

interface Options {
  action?: ToastAction;
  tone?: Toast['tone'];
  progress?: number;
  /** Infinity: until it is updated. */
  forMs?: number;
}

let toasts: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: Toast[]): void {
  toasts = next;
  listeners.forEach((each) => each());
}

export function dismissToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id));
}

export function toast(text: string, options: Options = {}): number {
  const id = ++lastId;
  show({ id, text, tone: options.tone ?? 'plain', action: options.action, progress: options.progress }, options.forMs);
  return id;
}

/** Says something new in the place of what was said before. */
export function updateToast(id: number, text: string, options: Options = {}): void {
  show({ id, text, tone: options.tone ?? 'plain', action: options.action, progress: options.progress }, options.forMs);
}

function show(next: Toast, forMs = next.tone === 'bad' ? 12_000 : 8_000): void {
  const known = toasts.some((each) => each.id === next.id);
  publish(known ? toasts.map((each) => (each.id === next.id ? next : each)) : [...toasts.slice(-2), next]);
  if (forMs !== Infinity) setTimeout(() => dismissToast(next.id), forMs);
}

export function toastProblem(text: string): void {
  toast(text, { tone: 'bad' });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const undoLast = () => {
    const last = [...toasts].reverse().find((each) => each.action?.chord === 'z');
    if (!last) return;
    dismissToast(last.id);
    last.action?.run();
  };
  useKeys({ z: undoLast });
  return (
    <section className={classes.region} aria-label={t('Messages from the desk')} aria-live="polite">
      {shown.map((each) => (
        <div key={each.id} className={classes.toast} data-tone={each.tone}>
          <span className={classes.text}>{each.text}</span>
          {each.progress !== undefined && <progress className={classes.progress} value={each.progress} aria-label={each.text} />}
          {each.action && (
            <button
              type="button"
              className={classes.action}
              onClick={() => {
                dismissToast(each.id);
                each.action?.run();
              }}
            >
              {each.action.label} {each.action.chord && <KeyCaps chord={each.action.chord} />}
            </button>
          )}
          <button type="button" className={classes.close} aria-label={t('Dismiss')} onClick={() => dismissToast(each.id)}>
            <IconX size={16} />
          </button>
        </div>
      ))}
    </section>
  );
}
