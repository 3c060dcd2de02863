import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Brand } from '../../api/types';
import { t } from '../../platform/i18n';
import { searchOf, useFilter } from '../useListing';
import { BrandButton } from './BrandFilter';

export default function BrandMenu({ brands }: { brands: Brand[] }) {
  const filter = useFilter();
  const { brand, view } = filter;
  const navigate = useNavigate();
  const choose = (id: number | undefined) => void navigate({ to: '/inbox/$view', params: { view }, search: { ...searchOf(filter), brand: id } });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <BrandButton brands={brands} />
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
