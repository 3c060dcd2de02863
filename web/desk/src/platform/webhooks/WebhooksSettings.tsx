import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Webhook } from '../../api/types';
import settings from '../../settings/Settings.module.css';
import { Bone } from '../Bone';
import { useCommands } from '../commands';
import { CopyBox } from '../CopyText';
import { Empty } from '../Empty';
import { plural, t } from '../i18n';
import { Time } from '../Time';
import { Trouble } from '../Trouble';
import { Words } from '../Words';
import { WebhookForm } from './WebhookForm';
import { WebhookDetail } from './WebhookDetail';
import { hostOf, stateOf, toldOf, toneOf, watchedWebhooksQuery } from './webhooks';
import classes from './Webhooks.module.css';

interface Shown {
  id: number;
  secret: string;
}

/** Programs elsewhere that are told what happens. */
export default function WebhooksSettings() {
  const query = useQuery(watchedWebhooksQuery);
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const [fresh, setFresh] = useState<Shown | null>(null);
  useCommands([{ id: 'new-webhook', label: t('New webhook'), group: 'Desk', icon: <IconPlus size={16} />, run: () => setMaking(true) }]);
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('the webhooks')} retry={() => void query.refetch()} />;
  if (!query.data) return <Bone width="100%" height={240} />;
  const webhooks = query.data.items;
  const begin = <Button onClick={() => setMaking(true)}>{t('New webhook')}</Button>;
  const shown = (secret: string, webhook: Webhook) => {
    setFresh({ id: webhook.id, secret });
    setOpen(webhook.id);
  };
  return (
    <>
      <div className={settings.bar}>
        <p className={settings.grow}>{t('Your other programs are told what happens here, at once and signed by the Standard Webhooks scheme.')}</p>
        {webhooks.length > 0 && !making && begin}
      </div>
      {making && <WebhookForm close={() => setMaking(false)} made={shown} />}
      {webhooks.length === 0 && !making && (
        <Empty icon={<IconWebhook size={24} />} title={t('No webhooks yet')} action={begin}>
          {t('Have a shop system, a data warehouse or a chat told when a customer writes or a conversation is resolved.')}
        </Empty>
      )}
      <ul aria-label={t('Webhooks')}>
        {webhooks.map((webhook) => (
          <li key={webhook.id} className={classes.webhook}>
            <div className={settings.row}>
              <div className={settings.grow}>
                <p className="truncate" dir="auto">
                  <strong>{webhook.description || hostOf(webhook)}</strong>
                </p>
                <p className={`truncate ${settings.quiet}`} title={webhook.url} dir="ltr">
                  {webhook.url}
                </p>
                <p className={settings.quiet}>
                  <span className={classes.state} data-tone={toneOf(webhook)}>
                    {stateOf(webhook)}
                  </span>
                  {' · '}
                  {toldOf(webhook)}
                  {webhook.deliveredAt && (
                    <>
                      {' · '}
                      <Words of={t('told {time}')} time={<Time at={webhook.deliveredAt} />} />
                    </>
                  )}
                  {webhook.waiting > 0 && ` · ${plural(webhook.waiting, '{n} event waits', '{n} events wait')}`}
                </p>
              </div>
              <Button
                variant="subtle"
                aria-expanded={open === webhook.id}
                aria-label={`${open === webhook.id ? t('Close') : t('Show')} ${webhook.description || hostOf(webhook)}`}
                onClick={() => setOpen(open === webhook.id ? null : webhook.id)}
              >
                {open === webhook.id ? t('Close') : t('Show')}
              </Button>
            </div>
            {fresh?.id === webhook.id && (
              <div className={settings.fresh} role="status">
                <p>{t('This is the secret by which it knows us. Copy it now: it is not shown again.')}</p>
                <CopyBox text={fresh.secret} label={t('Copy the secret')} />
              </div>
            )}
            {open === webhook.id && <WebhookDetail webhook={webhook} shown={shown} close={() => setOpen(null)} />}
          </li>
        ))}
      </ul>
    </>
  );
}
