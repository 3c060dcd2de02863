import { Drawer } from '@mantine/core';
import { memo, useEffect } from 'react';
import type { Conversation } from '../api/types';
import { customerDrawer } from '../conversations/ui';
import { t, useLanguage } from '../platform/i18n';
import { SizedPane } from '../platform/Panes';
import { useStored } from '../platform/stored';
import { useNarrow, usePhone } from '../platform/usePhone';
import { CustomerPanel } from './CustomerPanel';

/** Beside the conversation where there is room, over it where there is not. */
export const CustomerSide = memo(function CustomerSide({ conversation }: { conversation: Conversation }) {
  useLanguage();
  const narrow = useNarrow();
  const phone = usePhone();
  const [panel] = useStored('customer', 'shown');
  const opened = customerDrawer.use();
  const { customer } = conversation;
  useEffect(() => () => customerDrawer.set(false), [conversation.id]);
  if (narrow) {
    return (
      <Drawer
        opened={opened}
        onClose={() => customerDrawer.set(false)}
        position="right"
        size={phone ? '100%' : 340}
        padding={0}
        title={t('Customer')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 44, iconSize: 20 }}
        styles={{ header: { padding: '0 4px 0 16px' } }}
        transitionProps={{ duration: 120 }}
      >
        <CustomerPanel customerId={customer.id} conversationId={conversation.id} fallback={customer.name ?? customer.address} />
      </Drawer>
    );
  }
  if (panel !== 'shown') return null;
  return (
    <SizedPane as="aside" name="customer" label={t('Customer')} width={272} min={232} max={440} handle="start">
      <CustomerPanel customerId={customer.id} conversationId={conversation.id} fallback={customer.name ?? customer.address} />
    </SizedPane>
  );
});
