import { Button } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../platform/i18n';
import { useSaving } from '../../settings/useSaving';
import { leaveFor, offeredQuery } from './providers';

/** A button for each provider; nothing where there is none. */
export function ProviderButtons({ next, first = false }: { next?: string; first?: boolean }) {
  const offered = useQuery(offeredQuery).data?.items ?? [];
  const { busy, save, reason } = useSaving();
  return (
    <>
      {offered.map(({ id, name }, index) => (
        <Button
          key={id}
          variant={first ? 'filled' : 'default'}
          size="md"
          fullWidth
          mt={first && index === 0 ? 0 : 12}
          loading={busy}
          autoFocus={first && index === 0}
          leftSection={<IconLogin2 size={18} aria-hidden />}
          onClick={() => void save(() => leaveFor(`/session/identity-providers/${id}`, next))}
        >
          <span className="truncate">{t('Sign in with {provider}', { provider: name })}</span>
        </Button>
      ))}
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
    </>
  );
}
