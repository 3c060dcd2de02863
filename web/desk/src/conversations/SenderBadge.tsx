import { Popover, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import type { Authentication } from '../api/types';
import { t } from '../platform/i18n';
import classes from './SenderBadge.module.css';

const methods = () =>
  [
    ['dmarc', 'DMARC', t('the rule of the domain')],
    ['dkim', 'DKIM', t('the signature')],
    ['spf', 'SPF', t('the sending server')],
  ] as const;

/** Whether a mail is from whom it names: a quiet sign where it is, a warning where it is not, nothing where nobody can tell. */
export function SenderBadge({ authentication }: { authentication: Authentication | null }) {
  if (authentication?.verdict !== 'passed' && authentication?.verdict !== 'failed') return null;
  const passed = authentication.verdict === 'passed';
  return (
    <Popover position="bottom-start" width={320} shadow="md" trapFocus={false} returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.badge}
          data-verdict={authentication.verdict}
          aria-label={passed ? t('Sender confirmed: why') : t('Sender doubtful: why')}
        >
          {passed ? <IconShieldCheck size={16} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
          {!passed && <span>{t('Sender doubtful')}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.why}>
        <p className={classes.title}>{passed ? t('The sender is who they say') : t('This may be from somebody else')}</p>
        <p>{authentication.reason}</p>
        {!passed && <p>{t('Be careful with links, files and personal details.')}</p>}
        <dl className={classes.methods}>
          {methods().filter(([key]) => authentication[key] !== null).map(([key, name, meaning]) => (
            <div key={key}>
              <dt>
                {name} <span>{meaning}</span>
              </dt>
              <dd>{authentication[key]}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
