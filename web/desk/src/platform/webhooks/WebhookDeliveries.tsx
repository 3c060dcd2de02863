import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Webhook, WebhookDelivery } from '../../api/types';
import settings from '../../settings/Settings.module.css';
import { Bone } from '../Bone';
import { post, put, reasonOf } from '../http';
import { plural, t } from '../i18n';
import { Time } from '../Time';
import { toast, toastProblem } from '../toasts';
import { Words } from '../Words';
import { deliveriesQuery, deliveryState, deliveryTone, eventName, eventsQuery, refresh } from './webhooks';
import classes from './Webhooks.module.css';

/** What it was told of late, and what came of it. */
export function WebhookDeliveries({ webhook }: { webhook: Webhook }) {
  const [troubled, setTroubled] = useState(false);
  const deliveries = useQuery(deliveriesQuery(webhook.id, troubled)).data;
  const types = useQuery(eventsQuery).data?.items ?? [];
  const nameOf = (type: string) => {
    const known = types.find((each) => each.type === type);
    return known ? eventName(known.fact) : type;
  };
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast(done);
    } catch (error) {
      toastProblem(reasonOf(error));
    } finally {
      refresh();
    }
  };
  const resend = (delivery: WebhookDelivery) =>
    act(() => post(`/webhooks/${webhook.id}/deliveries/${delivery.id}/resend`, {}), t('It is sent again'));
  const replay = (delivery: WebhookDelivery) =>
    act(() => put(`/webhooks/${webhook.id}/position`, { position: delivery.position }), t('It is told again what happened since'));
  return (
    <section aria-label={t('Deliveries')}>
      <div className={classes.head}>
        <h2 className={settings.sectionTitle}>{t('Deliveries')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('Which deliveries')}
          value={troubled ? 'troubled' : 'all'}
          onChange={(value) => setTroubled(value === 'troubled')}
          data={[
            { value: 'all', label: t('All') },
            { value: 'troubled', label: t('Not taken') },
          ]}
        />
      </div>
      {!deliveries && <Bone width="100%" height={120} />}
      {deliveries?.length === 0 && <p className={settings.quiet}>{troubled ? t('Everything was taken.') : t('Nothing was sent yet. What happens from now on is.')}</p>}
      <ul aria-label={t('Deliveries')}>
        {deliveries?.map((delivery) => (
          <li key={delivery.id} className={classes.delivery}>
            <div className={settings.grow}>
              <p>
                <strong>{nameOf(delivery.type)}</strong>{' '}
                <span className={settings.quiet}>
                  <Time at={delivery.lastAt} />
                </span>
              </p>
              <p className={settings.quiet}>
                <span className={classes.state} data-tone={deliveryTone(delivery)}>
                  {deliveryState(delivery)}
                </span>
                {delivery.status !== null && ` · ${delivery.status}`}
                {` · ${t('{n} ms', { n: delivery.millis })}`}
                {delivery.attempts > 1 && ` · ${plural(delivery.attempts, '{n} attempt', '{n} attempts')}`}
                {delivery.nextAttemptAt && (
                  <>
                    {' · '}
                    <Words of={t('next {time}')} time={<Time at={delivery.nextAttemptAt} as="coming" />} />
                  </>
                )}
              </p>
              {(delivery.words || delivery.answer) && (
                <p className={classes.answer} dir="auto">
                  {[delivery.words, delivery.answer].filter(Boolean).join(' ')}
                </p>
              )}
            </div>
            <div className={classes.actions}>
              <Button variant="subtle" size="compact-sm" onClick={() => void resend(delivery)} disabled={webhook.state !== 'active'}>
                {t('Send again')}
              </Button>
              <Button variant="subtle" size="compact-sm" onClick={() => void replay(delivery)}>
                {t('Tell again from here')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
