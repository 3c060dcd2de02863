import { Menu, type MenuProps } from '@mantine/core';
import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, type Ref, useEffect, useRef, useState } from 'react';

interface Props extends MenuProps {
  button: ReactElement<HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLButtonElement> }>;
  /** The items. */
  children: ReactNode;
}

/** A menu that is made when it is first opened: until then it is its button alone, of which a page may hold dozens. */
export function LateMenu({ button, children, ...menu }: Props) {
  const [wanted, setWanted] = useState(false);
  const [opened, setOpened] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!wanted) return;
    // It is another element than was pressed; once the menu is closed the focus goes back to it.
    target.current?.focus({ preventScroll: true });
    setOpened(true);
  }, [wanted]);
  if (!wanted) return cloneElement(button, { 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: () => setWanted(true) });
  return (
    <Menu {...menu} opened={opened} onChange={setOpened}>
      <Menu.Target>{cloneElement(button, { ref: target })}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
