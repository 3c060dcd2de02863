import { Menu } from '@mantine/core';
import { IconKeyboard, IconListCheck, IconLogout, IconSettings, IconUser, IconUserCheck, IconUsers } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { overlay } from '../platform/commands';
import { t } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { choosingPresence } from '../staff/presence';
import { signOut, useSession } from '../staff/session';
import { MeButton, useOwnState } from './MeButton';

export default function MeMenu({ slim }: { slim: boolean }) {
  const { may } = useSession();
  const navigate = useNavigate();
  const state = useOwnState();
  const go = (section: string) => {
    overlay.set(null);
    void navigate({ to: '/settings/$section', params: { section } });
  };
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <MeButton slim={slim} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => choosingPresence.set(true)} rightSection={<KeyCaps chord="h" />}>
          {state}
        </Menu.Item>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => go('profile')}>
          {t('Profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => go('appearance')}>
          {t('Settings')}
        </Menu.Item>
        {may('customers:change') && (
          <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => void navigate({ to: '/customers/duplicates' })}>
            {t('Duplicate customers')}
          </Menu.Item>
        )}
        {may('installation:manage') && (
          <Menu.Item leftSection={<IconListCheck size={16} />} onClick={() => void navigate({ to: '/start' })}>
            {t('Getting started')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => overlay.set('keys')} rightSection={<KeyCaps chord="?" />}>
          {t('Keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('Sign out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
