import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Link } from '@tanstack/react-router';
import type { Identity, PastConversation } from '../api/types';
import { StatusSign } from '../conversations/list/signs';
import { conversationQuery } from '../conversations/queries';
import { Bone } from '../platform/Bone';
import { CopyAction } from '../platform/CopyText';
import { Face } from '../platform/Face';
import { plural, t } from '../platform/i18n';
import { part } from '../platform/parts';
import { InlineEdit } from '../platform/InlineEdit';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import { useSession } from '../staff/session';
import { Words } from '../platform/Words';
import { BounceLine } from './BounceNotice';
import classes from './CustomerPanel.module.css';
import { customerQuery, renameCustomer } from './queries';
import { SamePerson } from './SamePerson';

const OwnFields = part(() => import('./OwnFields'));

interface Props {
  customerId: number;
  conversationId: number;
  /** What the list already knows, until the rest is here. */
  fallback: string | null;
}

/** Who this is and what went before, without a click. */
export function CustomerPanel({ customerId, conversationId, fallback }: Props) {
  const { may } = useSession();
  const query = useQuery(customerQuery(customerId));
  const data = query.data;
  if (query.isError && !data) return <Trouble error={query.error} what={t('this customer')} retry={() => void query.refetch()} />;
  const name = data ? data.customer.name : fallback;
  return (
    <div className={classes.panel}>
      <div className={classes.who}>
        <Face name={name ?? data?.customer.identities[0]?.value ?? null} size={48} />
        <div className={classes.names}>
          <h2 className={classes.name}>
            <InlineEdit
              key={customerId}
              value={name ?? ''}
              empty={t('No name yet')}
              label={t('Change the name')}
              readOnly={!data || !may('customers:change')}
              className={classes.nameText}
              onSave={(next) => void renameCustomer(customerId, next)}
            />
          </h2>
          <p className={classes.since}>
            {data ? (
              <>
                <span>
                  <Words of={t('Customer since {day}')} day={<Time at={data.customer.createdAt} as="day" />} />
                </span>
                {data.customer.demo && <span className={classes.demo}>{t('Demo')}</span>}
              </>
            ) : (
              <Bone width={120} />
            )}
          </p>
        </div>
      </div>
      <Suspense fallback={null}>
        <OfConversation id={conversationId} />
      </Suspense>
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('Reachable at')}</h3>
        {data ? <Identities identities={data.customer.identities} /> : <Bone width="80%" height={16} />}
      </section>
      <Suspense fallback={null}>
        <OwnFields
          owner={{ subject: 'customer', id: customerId }}
          title={t('Known of them')}
          values={data?.parts.fields ?? {}}
          changeable={data !== undefined && may('customers:change')}
        />
      </Suspense>
      {data && <SamePerson key={`same-${customerId}`} panel={data} />}
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('Conversations')} {data && <span className={classes.total}>{data.parts.conversations.total}</span>}</h3>
        {data ? (
          <Past items={data.parts.conversations.items} total={data.parts.conversations.total} open={conversationId} />
        ) : (
          <Bone width="100%" height={72} />
        )}
      </section>
    </div>
  );
}

/** What the shop wants to know of the matter, where it is looked at. */
function OfConversation({ id }: { id: number }) {
  const { may } = useSession();
  const { data } = useQuery(conversationQuery(id));
  return (
    <OwnFields
      owner={{ subject: 'conversation', id }}
      title={t('This conversation')}
      values={data?.fields ?? {}}
      changeable={data !== undefined && may('conversations:change')}
    />
  );
}

function Identities({ identities }: { identities: Identity[] }) {
  if (identities.length === 0) return <p className={classes.none}>{t('No address known.')}</p>;
  return (
    <ul>
      {identities.map((identity) => (
        <li key={identity.id}>
          <div className={classes.identity}>
            <span className={`truncate ${classes.address}`} title={identity.value}>
              {identity.value}
            </span>
            <span className={classes.verified} title={identity.verified ? t('Verified: wrote from here') : t('Not verified')}>
              {identity.verified ? <IconShieldCheck size={16} aria-hidden /> : <IconShieldQuestion size={16} aria-hidden />}
              <span className="visually-hidden">{identity.verified ? t('verified') : t('not verified')}</span>
            </span>
            <CopyAction text={identity.value} label={t('Copy {value}', { value: identity.value })} />
          </div>
          <BounceLine identity={identity} />
        </li>
      ))}
    </ul>
  );
}

function Past({ items, total, open }: { items: PastConversation[]; total: number; open: number }) {
  return (
    <>
      <ul className={classes.past}>
        {items.map((each) => (
          <li key={each.id}>
            <Link
              to="/inbox/$view/$conversationId"
              params={{ view: 'all', conversationId: String(each.id) }}
              className={classes.conversation}
              aria-current={each.id === open ? 'page' : undefined}
            >
              <StatusSign status={each.status} />
              <span className={`truncate ${classes.subject}`} dir="auto">
                {each.subject || t('No subject')}
              </span>
              <span className={classes.age}>
                <Time at={each.lastMessageAt} as="short" />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {total > items.length && <p className={classes.none}>{plural(total - items.length, 'and {n} older', 'and {n} older')}</p>}
    </>
  );
}
