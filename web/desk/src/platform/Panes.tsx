import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { amid, t } from './i18n';
import classes from './Panes.module.css';
import { useStored } from './stored';

interface Props {
  /** Names the width in this browser's memory. */
  name: string;
  label: string;
  width: number;
  min: number;
  max: number;
  /** The side on which the handle stands. */
  handle: 'start' | 'end';
  /** The landmark that the pane is. */
  as: 'nav' | 'section' | 'aside';
  children: ReactNode;
}

/** A pane whose width is dragged, or moved with the arrows on its handle, and remembered. Double click: as it was. */
export function SizedPane({ name, label, width, min, max, handle, as: Landmark, children }: Props) {
  const [stored, store] = useStored(`pane.${name}`, String(width));
  const [dragged, setDragged] = useState<number | null>(null);
  const from = useRef({ x: 0, width: 0 });
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)));
  const current = dragged ?? clamp(Number(stored) || width);
  const sign = handle === 'end' ? 1 : -1;

  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width: current };
    setDragged(current);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (dragged !== null) setDragged(clamp(from.current.width + sign * (event.clientX - from.current.x)));
  };
  const onPointerUp = () => {
    if (dragged !== null) store(String(dragged));
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 16, ArrowLeft: -16 }[event.key];
    if (!step) return;
    event.preventDefault();
    store(String(clamp(current + sign * step)));
  };

  const separator = (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('Width of {label}', { label: amid(label) })}
      aria-valuenow={current}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes.handle}
      data-dragging={dragged !== null || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => store(String(width))}
      onKeyDown={onKeyDown}
    />
  );
  return (
    <Landmark className={classes.pane} aria-label={label} data-handle={handle} style={{ '--pane': `${current}px` } as CSSProperties}>
      {handle === 'start' && separator}
      <div className={classes.content}>{children}</div>
      {handle === 'end' && separator}
    </Landmark>
  );
}
