import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Webhook, WebhookWithSecret } from '../../api/types';
import { brandsQuery } from '../../brands/queries';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { post, put } from '../http';
import { t } from '../i18n';
import { eventName, eventsQuery, groupName, groupsOf, refresh } from './webhooks';
import classes from './Webhooks.module.css';

interface Props {
  webhook?: Webhook;
  close: () => void;
  made: (secret: string, webhook: Webhook) => void;
}

export function WebhookForm({ webhook, close, made }: Props) {
  const events = useQuery(eventsQuery).data?.items ?? [];
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [all, setAll] = useState(webhook ? webhook.events === null : true);
  const [chosen, setChosen] = useState<string[]>(webhook?.events ?? []);
  const [of, setOf] = useState<string[]>(webhook?.brands?.map(String) ?? []);
  const { busy, save, reason, fields } = useSaving();
  const groups = groupsOf(events);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      url: url.trim(),
      description: description.trim(),
      events: all ? undefined : chosen,
      brands: of.length === 0 ? undefined : of.map(Number),
    };
    const done = await save(
      async () => {
        if (webhook) await put(`/webhooks/${webhook.id}`, body);
        else {
          const { secret, webhook: fresh } = await post<WebhookWithSecret>('/webhooks', body);
          made(secret, fresh);
        }
        refresh();
      },
      webhook ? t('Saved') : undefined,
    );
    if (done) close();
  };
  return (
    <form className={settings.card} aria-label={webhook ? t('Change the webhook') : t('New webhook')} onSubmit={(event) => void onSubmit(event)}>
      <div className={settings.form}>
        <TextInput
          label={t('Address')}
          placeholder="https://"
          type="url"
          required
          withAsterisk={false}
          autoFocus
          maxLength={2000}
          value={url}
          error={fields.url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          label={t('What it is for')}
          maxLength={200}
          value={description}
          error={fields.description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Radio.Group label={t('It is told')} value={all ? 'all' : 'some'} onChange={(value) => setAll(value === 'all')} error={fields.events}>
          <div className={settings.stack}>
            <Radio value="all" label={t('Everything, also what is added later')} />
            <Radio value="some" label={t('Only these events')} />
          </div>
        </Radio.Group>
      </div>
      {!all &&
        groups.map((group) => (
          <Checkbox.Group key={group} className={classes.group} label={groupName(group)} value={chosen} onChange={setChosen}>
            <div className={classes.events}>
              {events
                .filter((each) => each.group === group)
                .map((each) => (
                  <Checkbox key={each.type} value={each.type} label={eventName(each.fact)} title={each.type} />
                ))}
            </div>
          </Checkbox.Group>
        ))}
      <div className={settings.form}>
        {brands.length > 1 && (
          <Checkbox.Group
            label={t('Of these brands')}
            description={t('Of all where none is chosen.')}
            value={of}
            onChange={setOf}
            error={fields.brands}
          >
            <div className={settings.stack}>
              {brands.map((brand) => (
                <Checkbox key={brand.id} value={String(brand.id)} label={brand.name} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        <p className={settings.quiet}>{t('It shows what you may see, for as long as you have access: messages with all their words, too.')}</p>
        {reason && !fields.url && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={settings.actions}>
          <Button type="submit" loading={busy} disabled={!url.trim() || (!all && chosen.length === 0)}>
            {webhook ? t('Save') : t('Add the webhook')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
