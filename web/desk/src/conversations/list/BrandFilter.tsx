import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { brandsQuery } from '../../brands/queries';
import { useFilter } from '../useListing';
import { t } from '../../platform/i18n';

/** Only where there is a choice. */
export function BrandFilter() {
  const brands = useQuery(brandsQuery).data?.items ?? [];
  const { brand, view, q } = useFilter();
  const navigate = useNavigate();
  if (brands.length < 2) return null;
  const chosen = brands.find((each) => each.id === brand);
  const choose = (id: number | undefined) => void navigate({ to: '/inbox/$view', params: { view }, search: { q, brand: id } });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" rightSection={<IconChevronDown size={14} />} maw={160}>
          {chosen?.name ?? t('All brands')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose(undefined)} rightSection={!brand && <IconCheck size={16} />}>
          {t('All brands')}
        </Menu.Item>
        {brands.map((each) => (
          <Menu.Item key={each.id} onClick={() => choose(each.id)} rightSection={brand === each.id && <IconCheck size={16} />}>
            {each.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
