import { Popover } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ConversationRow } from '../../api/types';
import { usePhone } from '../../platform/usePhone';
import { type Picker, picker } from '../ui';
import { closePicker, PICKERS } from './pickers';

interface Props {
  which: NonNullable<Picker>;
  label: string;
  row: ConversationRow;
  afterwards: () => void;
  children: ReactElement;
}

/** The same choice whether its button is clicked or its key is pressed. */
export function PickerButton({ which, label, row, afterwards, children }: Props) {
  const open = picker.use() === which;
  const phone = usePhone();
  const List = PICKERS[which];
  return (
    <Popover
      opened={open}
      onChange={(opened) => picker.set(opened ? which : null)}
      position="bottom-end"
      // On a phone the list takes the whole width.
      width={phone ? 'calc(100vw - 16px)' : 300}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={0} aria-label={label}>
        {open && <List row={row} close={closePicker} afterwards={afterwards} />}
      </Popover.Dropdown>
    </Popover>
  );
}
