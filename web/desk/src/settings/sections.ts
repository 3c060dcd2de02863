import {
  IconBell,
  IconBooks,
  IconBuildingStore,
  IconKey,
  IconListSearch,
  IconMailbox,
  IconPalette,
  IconPhotoShield,
  IconServer,
  IconUser,
  IconUsers,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import type { Permission } from '../api/types';
import { t } from '../platform/i18n';

export interface Section {
  section: string;
  label: string;
  Icon: Icon;
  needs?: Permission;
  group: 'You' | 'The desk';
}

/** Known everywhere, so that the palette reaches them; what they show is loaded with the page. */
export const SECTIONS: Section[] = [
  { section: 'profile', label: 'Profile', Icon: IconUser, group: 'You' },
  {
    section: 'notifications',
    get label() {
      return t('Notifications');
    },
    Icon: IconBell,
    group: 'You',
  },
  { section: 'appearance', label: 'Appearance', Icon: IconPalette, group: 'You' },
  { section: 'tokens', label: 'API tokens', Icon: IconKey, needs: 'tokens:manage', group: 'You' },
  { section: 'brands', label: 'Brands', Icon: IconBuildingStore, needs: 'brands:manage', group: 'The desk' },
  { section: 'mailboxes', label: 'Mailboxes', Icon: IconMailbox, needs: 'brands:manage', group: 'The desk' },
  { section: 'domains', label: 'Sending domains', Icon: IconWorld, needs: 'brands:manage', group: 'The desk' },
  { section: 'people', label: 'People', Icon: IconUsers, group: 'The desk' },
  { section: 'library', label: 'Library', Icon: IconBooks, needs: 'brands:manage', group: 'The desk' },
  { section: 'pictures', label: 'Trusted senders', Icon: IconPhotoShield, group: 'The desk' },
  { section: 'installation', label: 'Installation', Icon: IconServer, needs: 'installation:manage', group: 'The desk' },
  { section: 'audit', label: 'Audit', Icon: IconListSearch, needs: 'audit:read', group: 'The desk' },
];
