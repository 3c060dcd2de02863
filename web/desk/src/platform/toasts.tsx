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

export function toast(text: string, options: { action?: ToastAction; tone?: Toast['tone']; forMs?: number } = {}): number {
  const id = ++lastId;
  const tone = options.tone ?? 'plain';
  publish([...toasts.slice(-2), { id, text, tone, action: options.action }]);
  setTimeout(() => dismissToast(id), options.forMs ?? (tone === 'bad' ? 12_000 : 8_000));
  return id;
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
