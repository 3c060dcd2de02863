import { IconMessageCircle } from '@tabler/icons-react';
import { Empty } from '../platform/Empty';
import { t, useLanguage } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { Words } from '../platform/Words';

export function NothingOpen() {
  useLanguage();
  return (
    <Empty icon={<IconMessageCircle size={24} />} title={t('No conversation open')}>
      <Words
        of={t('Press {first} for the first one, {everything} for everything, {keys} for the keys.')}
        first={<KeyCaps chord="j" />}
        everything={<KeyCaps chord="mod+k" />}
        keys={<KeyCaps chord="?" />}
      />
    </Empty>
  );
}
