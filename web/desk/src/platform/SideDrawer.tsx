import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  opened: boolean;
  onClose: () => void;
  label: string;
  children: ReactNode;
}

/** The phone's way to what stands at the side of a larger screen. */
export default function SideDrawer({ opened, onClose, label, children }: Props) {
  return (
    <Drawer.Root opened={opened} onClose={onClose} size="86%" transitionProps={{ duration: 120 }}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={label}>{children}</Drawer.Content>
    </Drawer.Root>
  );
}
