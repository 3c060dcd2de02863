import { ActionIcon, Menu, Modal } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconEye, IconEyeOff, IconFilter, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SavedView } from '../../api/types';
import { reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { toast, toastProblem } from '../../platform/toasts';
import { filterOpen } from '../ui';
import { useFilter } from '../useListing';
import classes from '../ViewsPane.module.css';
import { ViewForm } from './SaveView';
import { changeView, createView, hideView, moveView, removeView, type ViewContent } from './viewQueries';

/** What can be done to one view. */
export default function ViewMenu({ view, label }: { view: SavedView; label: string }) {
  const navigate = useNavigate();
  const { view: current } = useFilter();
  const [naming, setNaming] = useState<'rename' | 'copy' | null>(null);
  const saved = view.id !== null;

  const keep = async (named: Pick<ViewContent, 'name' | 'icon' | 'shared' | 'teams'>) => {
    const content = { ...named, conditions: view.conditions, sort: view.sort };
    try {
      const kept = naming === 'copy' ? await createView(content) : await changeView(view, content);
      setNaming(null);
      if (naming === 'copy') void navigate({ to: '/inbox/$view', params: { view: kept.key } });
      toast(t('View “{name}” saved', { name: kept.name }));
    } catch (error) {
      toastProblem(`${t('The view could not be saved')}. ${reasonOf(error)}`);
    }
  };
  const edit = async () => {
    await navigate({ to: '/inbox/$view', params: { view: view.key } });
    filterOpen.set('open');
  };
  const remove = () => {
    if (current === view.key) void navigate({ to: '/inbox/$view', params: { view: 'open' } });
    void removeView(view);
  };

  return (
    <>
      <Menu position="right-start" width={220} withinPortal>
        <Menu.Target>
          <ActionIcon className={classes.dots} size={24} aria-label={t('What to do with the view {name}', { name: label })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {saved && view.changeable && (
            <Menu.Item leftSection={<IconFilter size={16} />} onClick={() => void edit()}>
              {t('Edit the conditions')}
            </Menu.Item>
          )}
          {saved && view.changeable && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setNaming('rename')}>
              {t('Name, icon, sharing…')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => setNaming('copy')}>
            {t('Duplicate…')}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowUp size={16} />} rightSection={<kbd>⌥ ↑</kbd>} onClick={() => void moveView(view.key, -1)}>
            {t('Move up')}
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowDown size={16} />} rightSection={<kbd>⌥ ↓</kbd>} onClick={() => void moveView(view.key, 1)}>
            {t('Move down')}
          </Menu.Item>
          <Menu.Item
            leftSection={view.hidden ? <IconEye size={16} /> : <IconEyeOff size={16} />}
            onClick={() => void hideView(view.key, !view.hidden)}
          >
            {view.hidden ? t('Show always') : t('Put away under “More”')}
          </Menu.Item>
          {saved && view.changeable && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={remove}>
                {t('Delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming !== null}
        onClose={() => setNaming(null)}
        title={naming === 'copy' ? t('Duplicate the view') : t('Change the view')}
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        {naming && (
          <ViewForm
            start={
              naming === 'copy'
                ? { name: t('{name} (copy)', { name: label }).slice(0, 60), icon: view.icon, shared: false, teams: [] }
                : { name: view.name, icon: view.icon, shared: view.shared, teams: view.teams }
            }
            button={t('Save')}
            onSave={keep}
          />
        )}
      </Modal>
    </>
  );
}
