import { queryOptions } from '@tanstack/react-query';
import type { ConnectionResult, MailAccount, MailPresets, MailServer, Page } from '../../api/types';
import { get, post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';

export const mailAccountsQuery = queryOptions({
  queryKey: keys.mailAccounts,
  queryFn: ({ signal }) => get<Page<MailAccount>>('/mail-accounts', undefined, signal),
});

/** A hundred years. */
export const ALL_DAYS = 36_500;

export const IMPORTS = [
  { value: '0', get label() { return t('Nothing, begin with new mail'); } },
  { value: '7', get label() { return t('The last week'); } },
  { value: '30', get label() { return t('The last 30 days'); } },
  { value: '90', get label() { return t('The last 90 days'); } },
  { value: '365', get label() { return t('The last year'); } },
  { value: String(ALL_DAYS), get label() { return t('Everything'); } },
];

export const SECURITIES: { value: MailServer['security']; label: string }[] = [
  { value: 'tls', label: 'TLS' },
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'none', get label() { return t('None'); } },
];

export function presetsOf(address: string): Promise<MailPresets> {
  return get<MailPresets>('/mail-accounts/presets', { address });
}

export interface ToTest {
  imap: MailServer;
  smtp?: MailServer;
  userName: string;
  password?: string;
  accountId?: number;
}

export function testConnection(wanted: ToTest): Promise<ConnectionResult> {
  return post<ConnectionResult>('/mail-accounts/test', wanted);
}

export async function signInAtProvider(account: MailAccount): Promise<void> {
  const { url } = await post<{ url: string }>(`/mail-accounts/${account.id}/consent`, {});
  location.assign(url);
}

export function isInTrouble(account: MailAccount): boolean {
  return account.state === 'refused' || account.state === 'silent';
}

/** What an owner wants to know of it in a few words; what is wrong stands in its own words beside. */
export function stateOf(account: MailAccount): string {
  switch (account.state) {
    case 'connecting':
      return account.auth !== 'password' && account.lastMailAt === null && account.words === null ? t('Waiting for you to sign in') : t('Connecting');
    case 'importing':
      return t('Importing {done} of {all}', { done: account.imported, all: account.importTotal });
    case 'live':
      return t('Connected');
    case 'refused':
      return t('Refused');
    case 'silent':
      return t('Does not answer');
    case 'paused':
      return t('Paused');
  }
}
