import { Select, TextInput } from '@mantine/core';
import type { MailServer } from '../../api/types';
import { t } from '../../platform/i18n';
import { SECURITIES } from './accounts';
import classes from './Mailboxes.module.css';

interface Props {
  label: string;
  value: MailServer;
  onChange: (value: MailServer) => void;
  hostError?: string | undefined;
  portError?: string | undefined;
}

export function ServerFields({ label, value, onChange, hostError, portError }: Props) {
  return (
    <div className={classes.server} role="group" aria-label={label}>
      <TextInput
        label={label}
        required
        withAsterisk={false}
        spellCheck={false}
        autoCapitalize="none"
        value={value.host}
        error={hostError}
        onChange={(event) => onChange({ ...value, host: event.currentTarget.value })}
      />
      <TextInput
        label={t('Port')}
        required
        withAsterisk={false}
        inputMode="numeric"
        value={value.port === 0 ? '' : String(value.port)}
        error={portError}
        onChange={(event) => onChange({ ...value, port: Number(event.currentTarget.value.replace(/\D/g, '').slice(0, 5)) })}
      />
      <Select
        label={t('Encryption')}
        data={SECURITIES}
        allowDeselect={false}
        value={value.security}
        onChange={(security) => security && onChange({ ...value, security: security as MailServer['security'] })}
      />
    </div>
  );
}
