import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { KeyCaps } from './KeyCaps';

interface Props extends ActionIconProps, Omit<ButtonHTMLAttributes<HTMLButtonElement>, keyof ActionIconProps> {
  label: string;
  chord?: string;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only a sign: its name is spoken, and shown with its key on hover and focus. */
export function IconAction({ label, chord, children, ...rest }: Props) {
  return (
    <Tooltip
      label={
        <span className="tip">
          {label} {chord && <KeyCaps chord={chord} />}
        </span>
      }
      events={{ hover: true, focus: true, touch: false }}
    >
      <ActionIcon aria-label={label} aria-keyshortcuts={chord && !chord.includes('mod') ? chord : undefined} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
