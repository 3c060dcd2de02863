import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Page, TrustedSender } from '../api/types';
import { brandsQuery } from '../brands/queries';
import { del, get, post, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { ListBones } from '../platform/ListBones';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { useSession } from '../staff/session';
import { Words } from '../platform/Words';

/** Whose pictures are shown without asking. */
export function TrustedSenders() {
  const { may } = useSession();
  const queryClient = useQueryClient();
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const query = useInfiniteQuery({
    queryKey: keys.trustedSenders,
    queryFn: ({ pageParam, signal }) => get<Page<TrustedSender>>('/trusted-senders', { limit: 100, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const freshen = () => {
    void queryClient.invalidateQueries({ queryKey: keys.trustedSenders });
    void queryClient.invalidateQueries({ queryKey: keys.everyMessage });
  };
  const trust = async (brandId: number, sender: string) => {
    await post('/trusted-senders', { brandId, sender });
    freshen();
  };
  const remove = async (sender: TrustedSender) => {
    try {
      await del(`/trusted-senders/${sender.id}`);
      toast(t('Pictures from {sender} wait to be asked for again', { sender: sender.sender }), {
        action: { label: t('Undo'), chord: 'z', run: () => void trust(sender.brandId, sender.sender) },
      });
    } catch (error) {
      toastProblem(t('It could not be removed. {reason}', { reason: reasonOf(error) }));
    } finally {
      freshen();
    }
  };
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the trusted senders')} retry={() => void query.refetch()} />;
  if (query.isPending) return <ListBones rows={3} />;
  const senders = query.data.pages.flatMap((page) => page.items);
  return (
    <>
      <p className={classes.lead}>
        {t('Pictures that a mail points to are shown when you ask. From these senders they are shown at once, unless a mail fails to prove that it is theirs.')}
      </p>
      {may('conversations:change') && <TrustForm trust={trust} />}
      {senders.length === 0 && <p className={classes.quiet}>{t('Nobody yet. “Always from…” above a mail adds its sender, too.')}</p>}
      <ul aria-label={t('Trusted senders')}>
        {senders.map((each) => (
          <li key={each.id} className={classes.row}>
            <div className={classes.grow}>
              <p className="truncate">{each.sender.includes('@') ? each.sender : t('Everybody at {sender}', { sender: each.sender })}</p>
              <p className={`truncate ${classes.quiet}`}>
                {brands.length > 1 && <>{brands.find((brand) => brand.id === each.brandId)?.name} · </>}
                <Words of={t('added {time}')} time={<Time at={each.createdAt} />} />
              </p>
            </div>
            {may('conversations:change') && (
              <Button variant="subtle" color="red" onClick={() => void remove(each)} aria-label={t('Remove {sender}', { sender: each.sender })}>
                {t('Remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" mt={16} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('More')}
        </Button>
      )}
    </>
  );
}

function TrustForm({ trust }: { trust: (brandId: number, sender: string) => Promise<void> }) {
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [sender, setSender] = useState('');
  const { busy, save, reason, fields } = useSaving();
  const brandId = Number(chosen ?? brands[0]?.id ?? 0);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save(() => trust(brandId, sender.trim())).then((done) => done && setSender(''));
  };
  return (
    <form className={classes.bar} style={{ alignItems: 'flex-end', maxWidth: 600 }} onSubmit={onSubmit}>
      {brands.length > 1 && (
        <Select
          label={t('Brand')}
          data={brands.map((brand) => ({ value: String(brand.id), label: brand.name }))}
          value={String(brandId)}
          allowDeselect={false}
          onChange={setChosen}
        />
      )}
      <TextInput
        className={classes.grow}
        label={t('Address or domain')}
        placeholder={t('anna@shop.example or shop.example')}
        required
        withAsterisk={false}
        maxLength={320}
        value={sender}
        error={fields.sender ?? reason}
        onChange={(event) => setSender(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy}>
        {t('Add')}
      </Button>
    </form>
  );
}
