import { IconMessageCircle } from '@tabler/icons-react';
import { Empty } from '../platform/Empty';
import { KeyCaps } from '../platform/KeyCaps';

export function NothingOpen() {
  return (
    <Empty icon={<IconMessageCircle size={24} />} title="No conversation open">
      Press <KeyCaps chord="j" /> for the first one, <KeyCaps chord="mod+k" /> for everything, <KeyCaps chord="?" /> for the keys.
    </Empty>
  );
}
