import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { keyFor, ownKeys } from './keymap';

interface Props extends ActionIconProps, Omit<ButtonHTMLAttributes<HTMLButtonElement>, keyof ActionIconProps> {
  label: string;
  chord?: string;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only a sign: its name is spoken, and shown with its key on hover and focus (tips.ts). */
export function IconAction({ label, chord, children, ...rest }: Props) {
  const own = ownKeys.use();
  const key = chord ? keyFor(chord, own) : null;
  return (
    <ActionIcon
      aria-label={label}
      aria-keyshortcuts={key && !key.includes('mod') ? key : undefined}
      data-tip={label}
      data-tip-key={chord}
      {...rest}
    >
      {children}
    </ActionIcon>
  );
}
