import { useQuery } from '@tanstack/react-query';
import { IconMailOff } from '@tabler/icons-react';
import type { Identity } from '../api/types';
import { Time } from '../platform/Time';
import { t } from '../platform/i18n';
import { Words } from '../platform/Words';
import classes from './BounceNotice.module.css';
import { customerQuery } from './queries';

/** Said where an address stands: mail to it comes back. */
export function BounceLine({ identity }: { identity: Identity }) {
  if (!identity.bouncedAt) return null;
  return (
    <p className={classes.line} title={identity.bounceWords ?? undefined}>
      <IconMailOff size={14} aria-hidden />
      <span>
        <Words of={t('Mails come back since {day}')} day={<Time at={identity.bouncedAt} as="day" />} />
      </span>
    </p>
  );
}

/** Said before an answer is written to an address that no mail reaches. */
export function BounceNotice({ customerId, address }: { customerId: number; address: string | null }) {
  const customer = useQuery(customerQuery(customerId)).data?.customer;
  const identity = customer?.identities.find((each) => each.value === address?.toLowerCase());
  if (!identity?.bouncedAt) return null;
  return (
    <p role="status" className={classes.notice}>
      <Words
        of={t('Mails to {address} come back since {day}.')}
        address={identity.value}
        day={<Time at={identity.bouncedAt} as="day" />}
      />{' '}
      {identity.bounceWords}
    </p>
  );
}
