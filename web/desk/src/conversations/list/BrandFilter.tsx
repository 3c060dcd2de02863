import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ComponentPropsWithRef, Suspense } from 'react';
import type { Brand } from '../../api/types';
import { brandsQuery } from '../../brands/queries';
import { t } from '../../platform/i18n';
import { part } from '../../platform/parts';
import { useFilter } from '../useListing';

const BrandMenu = part(() => import('./BrandMenu'));

/** Only where there is a choice. */
export function BrandFilter() {
  const brands = useQuery(brandsQuery).data?.items ?? [];
  if (brands.length < 2) return null;
  return (
    <Suspense fallback={<BrandButton brands={brands} />}>
      <BrandMenu brands={brands} />
    </Suspense>
  );
}

interface Props extends ComponentPropsWithRef<'button'> {
  brands: Brand[];
}

/** The brand that is chosen. Its menu comes once the first page stands. */
export function BrandButton({ brands, ...button }: Props) {
  const { brand } = useFilter();
  return (
    <Button {...button} variant="subtle" size="compact-sm" rightSection={<IconChevronDown size={14} />} maw={160}>
      {brands.find((each) => each.id === brand)?.name ?? t('All brands')}
    </Button>
  );
}
