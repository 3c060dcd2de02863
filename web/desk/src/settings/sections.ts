import {
  IconBell,
  IconBooks,
  IconBuildingStore,
  IconFingerprint,
  IconForms,
  IconHeartbeat,
  IconKey,
  IconKeyboard,
  IconListSearch,
  IconMailbox,
  IconPalette,
  IconPhotoShield,
  IconServer,
  IconUser,
  IconShieldCheck,
  IconShoppingBag,
  IconTags,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
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
  { section: 'profile', get label() { return t('Profile'); }, Icon: IconUser, group: 'You' },
  { section: 'notifications', get label() { return t('Notifications'); }, Icon: IconBell, group: 'You' },
  { section: 'appearance', get label() { return t('Appearance'); }, Icon: IconPalette, group: 'You' },
  { section: 'keyboard', get label() { return t('Keyboard'); }, Icon: IconKeyboard, group: 'You' },
  { section: 'security', get label() { return t('Sign-in'); }, Icon: IconFingerprint, group: 'You' },
  { section: 'tokens', get label() { return t('API tokens'); }, Icon: IconKey, needs: 'tokens:manage', group: 'You' },
  { section: 'brands', get label() { return t('Brands'); }, Icon: IconBuildingStore, needs: 'brands:manage', group: 'The desk' },
  { section: 'mailboxes', get label() { return t('Mailboxes'); }, Icon: IconMailbox, needs: 'mail:manage', group: 'The desk' },
  { section: 'domains', get label() { return t('Sending domains'); }, Icon: IconWorld, needs: 'mail:manage', group: 'The desk' },
  { section: 'shops', get label() { return t('Shops'); }, Icon: IconShoppingBag, needs: 'shops:manage', group: 'The desk' },
  { section: 'people', get label() { return t('People'); }, Icon: IconUsers, group: 'The desk' },
  { section: 'teams', get label() { return t('Teams'); }, Icon: IconUsersGroup, needs: 'teams:manage', group: 'The desk' },
  { section: 'roles', get label() { return t('Roles'); }, Icon: IconShieldCheck, needs: 'agents:manage', group: 'The desk' },
  { section: 'tags', get label() { return t('Tags'); }, Icon: IconTags, needs: 'tags:manage', group: 'The desk' },
  { section: 'fields', get label() { return t('Fields'); }, Icon: IconForms, needs: 'fields:manage', group: 'The desk' },
  { section: 'library', get label() { return t('Library'); }, Icon: IconBooks, needs: 'library:manage', group: 'The desk' },
  { section: 'pictures', get label() { return t('Trusted senders'); }, Icon: IconPhotoShield, group: 'The desk' },
  { section: 'webhooks', get label() { return t('Webhooks'); }, Icon: IconWebhook, needs: 'webhooks:manage', group: 'The desk' },
  { section: 'installation', get label() { return t('Installation'); }, Icon: IconServer, needs: 'installation:manage', group: 'The desk' },
  { section: 'status', get label() { return t('System status'); }, Icon: IconHeartbeat, needs: 'installation:manage', group: 'The desk' },
  { section: 'audit', get label() { return t('Audit'); }, Icon: IconListSearch, needs: 'audit:read', group: 'The desk' },
];
