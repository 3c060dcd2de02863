import { Button, Radio } from '@mantine/core';
import '../platform/mantine-forms.css';
import { IconArrowLeft, IconArrowsJoin2, IconChevronDown, IconUserOff, IconUsers } from '@tabler/icons-react';
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Customer, DuplicatePair, Page } from '../api/types';
import { BrandTag } from '../brands/BrandMark';
import { brandsQuery } from '../brands/queries';
import { StatusSign } from '../conversations/list/signs';
import { lastView } from '../conversations/views';
import { Bone } from '../platform/Bone';
import { useCommands, when } from '../platform/commands';
import { Empty } from '../platform/Empty';
import { Face } from '../platform/Face';
import { get } from '../platform/http';
import { plural, t, useLanguage } from '../platform/i18n';
import { KeyCaps } from '../platform/KeyCaps';
import { queryClient } from '../platform/queries';
import { Time } from '../platform/Time';
import { Trouble } from '../platform/Trouble';
import { usePhone } from '../platform/usePhone';
import { Words } from '../platform/Words';
import { useSession } from '../staff/session';
import classes from './DuplicatesPage.module.css';
import { mergeCustomers, notTheSame } from './merges';
import { customerQuery } from './queries';
import { evidenceWords } from './SamePerson';

const duplicatesQuery = infiniteQueryOptions({
  queryKey: ['customers', 'proposed', 'duplicates'],
  queryFn: ({ pageParam, signal }) => get<Page<DuplicatePair>>('/customers/duplicates', { limit: 50, cursor: pageParam }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

const keyOf = (pair: DuplicatePair) => `${pair.first.id}-${pair.second.id}`;
const nameOf = (customer: Customer) => customer.name ?? customer.address ?? t('No name yet');

/** What of both the one customer has; null while nothing else was chosen than the first has, or the second where that has none. */
interface Chosen {
  name: string | null;
  address: string | null;
}

const chosenOf = ({ first, second }: DuplicatePair): Chosen => ({ name: first.name ?? second.name, address: first.address ?? second.address });

/** Who may be the same customer: one pair after the other, by keyboard, each with what speaks for it. */
export function DuplicatesPage() {
  useLanguage();
  const { may } = useSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const query = useInfiniteQuery(duplicatesQuery);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<Record<string, Chosen>>({});
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef(false);
  const pairs = (query.data?.pages.flatMap((page) => page.items) ?? []).filter((pair) => !gone.has(keyOf(pair)));
  const index = Math.min(at, pairs.length - 1);
  const current = pairs[index];
  const allowed = may('customers:change');

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const row = list.current?.querySelector<HTMLElement>('[aria-expanded=true]');
    row?.focus();
    row?.closest('li')?.scrollIntoView({ block: 'nearest' });
  });

  const go = (next: number) => {
    moved.current = true;
    setAt(Math.max(0, Math.min(next, pairs.length - 1)));
    if (next >= pairs.length - 3 && query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  /** Away at once; what the server refuses, and what is undone, stands there again. */
  const decide = async (pair: DuplicatePair, work: () => Promise<unknown>) => {
    moved.current = true;
    setAt(index);
    setGone((old) => new Set(old).add(keyOf(pair)));
    await work();
    await queryClient.refetchQueries({ queryKey: duplicatesQuery.queryKey });
    setGone((old) => new Set([...old].filter((each) => each !== keyOf(pair))));
  };
  const merge = (pair: DuplicatePair) => {
    const { name, address } = chosen[keyOf(pair)] ?? chosenOf(pair);
    void decide(pair, () => mergeCustomers(pair.first.id, pair.second.id, name, address));
  };
  const dismiss = (pair: DuplicatePair) => void decide(pair, () => notTheSame(pair.first.id, pair.second.id));
  const back = () => void navigate({ to: '/inbox/$view', params: { view: lastView() } });

  useCommands([
    { id: 'next', label: t('Next pair'), group: 'Go to', chord: 'j', run: () => go(index + 1) },
    { id: 'previous', label: t('Previous pair'), group: 'Go to', chord: 'k', run: () => go(index - 1) },
    { id: 'to-inbox', label: t('Back to the inbox'), group: 'Go to', chord: 'u', icon: <IconArrowLeft size={16} />, run: back },
    ...when(
      allowed && current !== undefined,
      { id: 'merge', label: t('Merge the two'), group: 'Conversation', chord: 'm', icon: <IconArrowsJoin2 size={16} />, run: () => current && merge(current) },
      { id: 'not-the-same', label: t('Not the same'), group: 'Conversation', chord: 'x', icon: <IconUserOff size={16} />, run: () => current && dismiss(current) },
    ),
  ]);

  return (
    <main id="main" tabIndex={-1} className={classes.page}>
      <div className={classes.content}>
        <Link to="/inbox/$view" params={{ view: lastView() }} className={classes.back}>
          <IconArrowLeft size={18} aria-hidden /> {t('Inbox')}
        </Link>
        <h1 className={classes.title}>{t('The same customer?')}</h1>
        {pairs.length > 0 && !phone && (
          <p className={classes.keys}>
            <span>
              <KeyCaps chord="j" /> <KeyCaps chord="k" /> {t('walk')}
            </span>
            {allowed && (
              <>
                <span>
                  <KeyCaps chord="m" /> {t('merge')}
                </span>
                <span>
                  <KeyCaps chord="x" /> {t('not the same')}
                </span>
                <span>
                  <KeyCaps chord="z" /> {t('undo')}
                </span>
              </>
            )}
          </p>
        )}
        {query.isError && !query.data ? (
          <Trouble error={query.error} what={t('the proposals')} retry={() => void query.refetch()} />
        ) : !query.data ? (
          [1, 2, 3].map((n) => <Bone key={n} width="100%" height={64} />)
        ) : pairs.length === 0 ? (
          <Empty
            icon={<IconUsers size={24} />}
            title={t('Nobody looks like somebody else')}
            action={
              <Button variant="default" onClick={back}>
                {t('Back to the inbox')}
              </Button>
            }
          >
            {t('When two customers may be one person, by their mailbox, or by their name and a likeness of their addresses, they stand here.')}
          </Empty>
        ) : (
          <ul ref={list} className={classes.pairs} aria-label={t('Customers who may be the same')}>
            {pairs.map((pair, n) => (
              <li key={keyOf(pair)} className={classes.pair} data-open={n === index || undefined}>
                <button type="button" className={classes.head} aria-expanded={n === index} onClick={() => go(n)}>
                  <span className={classes.who}>
                    <span className={classes.names}>
                      <bdi>{nameOf(pair.first)}</bdi> <span className={classes.and}>{t('and')}</span> <bdi>{nameOf(pair.second)}</bdi>
                    </span>
                    <span className={classes.why}>
                      <strong data-strength={pair.strength}>{pair.strength === 'strong' ? t('Very likely') : t('Perhaps')}</strong>
                      {': '}
                      {pair.evidence.map(evidenceWords).join('; ')}
                    </span>
                  </span>
                  <IconChevronDown size={16} aria-hidden className={classes.chevron} />
                </button>
                {n === index && (
                  <div className={classes.open}>
                    <BrandOf customer={pair.first} />
                    <div className={classes.both}>
                      <Side customer={pair.first} />
                      <Side customer={pair.second} />
                    </div>
                    {allowed && (
                      <>
                        <Choice pair={pair} chosen={chosen[keyOf(pair)] ?? chosenOf(pair)} choose={(next) => setChosen((old) => ({ ...old, [keyOf(pair)]: next }))} />
                        <div className={classes.actions}>
                          <Button size={phone ? 'md' : 'sm'} onClick={() => merge(pair)} rightSection={!phone && <KeyCaps chord="m" />}>
                            {t('Merge')}
                          </Button>
                          <Button size={phone ? 'md' : 'sm'} variant="default" onClick={() => dismiss(pair)} rightSection={!phone && <KeyCaps chord="x" />}>
                            {t('Not the same')}
                          </Button>
                        </div>
                      </>
                    )}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('Show more')}
          </Button>
        )}
      </div>
    </main>
  );
}

function BrandOf({ customer }: { customer: Customer }) {
  const brand = useQuery(brandsQuery).data?.items.find((each) => each.id === customer.brandId);
  return brand ? <BrandTag brand={brand} /> : null;
}

/** One of the two, as far as it helps to tell them apart. */
function Side({ customer }: { customer: Customer }) {
  const panel = useQuery(customerQuery(customer.id)).data;
  return (
    <section className={classes.side} aria-label={[customer.name, customer.address].filter(Boolean).join(', ') || nameOf(customer)}>
      <div className={classes.person}>
        <Face name={customer.name ?? customer.address} size={36} />
        <div className={classes.who}>
          <h2 className={classes.name} dir="auto">
            {nameOf(customer)}
          </h2>
          <p className={classes.why}>
            <Words of={t('Customer since {day}')} day={<Time at={customer.createdAt} as="day" />} />
          </p>
        </div>
      </div>
      {panel ? (
        <>
          <ul>
            {panel.customer.identities.map((identity) => (
              <li key={identity.id} className={classes.address}>
                {identity.value}
                {identity.bouncedAt && <span className={classes.bounced}> · {t('mail comes back')}</span>}
              </li>
            ))}
          </ul>
          <h3 className={classes.count}>{plural(panel.parts.conversations.total, '{n} conversation', '{n} conversations')}</h3>
          <ul>
            {panel.parts.conversations.items.slice(0, 4).map((each) => (
              <li key={each.id}>
                <Link to="/inbox/$view/$conversationId" params={{ view: 'all', conversationId: String(each.id) }} className={classes.conversation}>
                  <StatusSign status={each.status} />
                  <span className="truncate" dir="auto">
                    {each.subject || t('No subject')}
                  </span>
                  <span className={classes.age}>
                    <Time at={each.lastMessageAt} as="short" />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Bone width="100%" height={96} />
      )}
    </section>
  );
}

/** Which name and which address the one customer has, where the two differ. */
function Choice({ pair: { first, second }, chosen, choose }: { pair: DuplicatePair; chosen: Chosen; choose: (next: Chosen) => void }) {
  const names = [...new Set([first.name, second.name])].filter((each): each is string => each !== null);
  const addresses = [...new Set([first.address, second.address])].filter((each): each is string => each !== null);
  if (names.length < 2 && addresses.length < 2) return null;
  return (
    <div className={classes.choice}>
      {names.length > 1 && (
        <Radio.Group label={t('Name')} value={chosen.name} onChange={(name) => choose({ ...chosen, name })}>
          {names.map((each) => (
            <Radio key={each} mt={8} value={each} label={<span dir="auto">{each}</span>} />
          ))}
        </Radio.Group>
      )}
      {addresses.length > 1 && (
        <Radio.Group label={t('Address that lists show')} value={chosen.address} onChange={(address) => choose({ ...chosen, address })}>
          {addresses.map((each) => (
            <Radio key={each} mt={8} value={each} label={each} />
          ))}
        </Radio.Group>
      )}
    </div>
  );
}
