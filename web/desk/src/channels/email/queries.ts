import { queryOptions } from '@tanstack/react-query';
import type { MailDomain, Page } from '../../api/types';
import { get } from '../../platform/http';
import { keys } from '../../platform/queries';

/** DNS is asked anew each time the page is opened: its owner changes it elsewhere. */
export const mailDomainsQuery = queryOptions({
  queryKey: keys.mailDomains,
  queryFn: ({ signal }) => get<Page<MailDomain>>('/mail-domains', undefined, signal),
  staleTime: 0,
});
