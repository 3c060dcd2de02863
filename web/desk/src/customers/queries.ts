import { queryOptions } from '@tanstack/react-query';
import type { Customer, CustomerPanel, Page } from '../api/types';
import { touchCustomer } from '../conversations/freshen';
import { get, patch, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';

export const customerQuery = (id: number) =>
  queryOptions({
    queryKey: keys.customer(id),
    queryFn: ({ signal }) => get<CustomerPanel>(`/customers/${id}`, undefined, signal),
  });

export const customersLike = (q: string) =>
  queryOptions({
    queryKey: ['customers', q],
    queryFn: ({ signal }) => get<Page<Customer>>('/customers', { q, limit: 8 }, signal),
    enabled: q.length > 1,
    staleTime: 30_000,
  });

export async function renameCustomer(id: number, name: string, quiet = false): Promise<void> {
  const key = keys.customer(id);
  await queryClient.cancelQueries({ queryKey: key });
  const before = queryClient.getQueryData<CustomerPanel>(key);
  const show = (shown: string | null) =>
    queryClient.setQueryData<CustomerPanel>(key, (old) => old && { ...old, customer: { ...old.customer, name: shown } });
  show(name || null);
  try {
    await patch(`/customers/${id}`, { name });
    const old = before?.customer.name ?? '';
    if (!quiet) toast(t('Name saved'), { action: { label: t('Undo'), chord: 'z', run: () => void renameCustomer(id, old, true) } });
  } catch (error) {
    show(before?.customer.name ?? null);
    toastProblem(t('The name could not be saved. {reason}', { reason: reasonOf(error) }));
  } finally {
    void queryClient.invalidateQueries({ queryKey: key });
    touchCustomer(id);
  }
}
