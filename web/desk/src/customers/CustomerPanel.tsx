import { IconShieldCheck, IconShieldQuestion, IconUserMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Link } from '@tanstack/react-router';
import type { Customer, CustomerPanel as PanelData, Identity, PastConversation } from '../api/types';
import { StatusSign } from '../conversations/list/signs';
import { conversationQuery } from '../conversations/queries';
import { Bone } from '../platform/Bone';
import { type Command, useCommands, when } from '../platform/commands';
import { CopyAction } from '../platform/CopyText';
import { Face } from '../platform/Face';
import { plural, t } from '../platform/i18n';
import { IconAction } from '../platform/IconAction';
import { part } from '../platform/parts';
import { InlineEdit } from '../platform/InlineEdit';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import { usePhone } from '../platform/usePhone';
import { useSession } from '../staff/session';
import { Words } from '../platform/Words';
import { BounceLine } from './BounceNotice';
import classes from './CustomerPanel.module.css';
import { separate } from './merges';
import { customerQuery, renameCustomer } from './queries';
import { SamePerson } from './SamePerson';

const CustomerOrders = part(() => import('../commerce/CustomerOrders'));
const OwnFields = part(() => import('./OwnFields'));
const PersonalData = part(() => import('./PersonalData'));

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
      {data && (
        <Suspense fallback={null}>
          <OrdersOf id={conversationId} orders={data.parts.orders} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <OfConversation id={conversationId} />
      </Suspense>
      <section className={classes.part}>
        <h3 className={classes.heading}>{t('Reachable at')}</h3>
        {data ? <Identities customer={data.customer} identities={data.customer.identities.filter((each) => each.kind !== 'account')} /> : <Bone width="80%" height={16} />}
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
      {data && may('customers:erase') && (
        <Suspense fallback={null}>
          <PersonalData key={`data-${customerId}`} who={data.customer} />
        </Suspense>
      )}
    </div>
  );
}

function OrdersOf({ id, orders }: { id: number; orders: PanelData['parts']['orders'] }) {
  const { data } = useQuery(conversationQuery(id));
  return <CustomerOrders key={id} orders={orders} conversationId={id} subject={data?.subject ?? ''} />;
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

function Identities({ customer, identities }: { customer: Customer; identities: Identity[] }) {
  const { may } = useSession();
  const phone = usePhone();
  const separable = identities.length > 1 && may('customers:change');
  useCommands(
    when(
      separable,
      ...identities.map<Command>((identity) => ({
        id: `separate-${identity.id}`,
        label: t('Make {address} a customer of its own', { address: identity.value }),
        group: 'Conversation',
        words: t('separate split identity'),
        icon: <IconUserMinus size={16} />,
        onlyWhenSearched: true,
        run: () => void separate(customer, identity),
      })),
    ),
  );
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
            {separable && (
              <IconAction label={t('Make {address} a customer of its own', { address: identity.value })} size={phone ? 44 : 28} onClick={() => void separate(customer, identity)}>
                <IconUserMinus size={16} />
              </IconAction>
            )}
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
