import type { Customer, CustomerPanel, Identity } from '../api/types';
import { del, post, put, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';

function readAnew(): void {
  for (const queryKey of [keys.customers, keys.lists, ['conversation'], ['customers']]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}

export async function undoCustomerMerge(kept: number, merge: number): Promise<void> {
  try {
    await post(`/customers/${kept}/merges/${merge}/undo`);
    toast(t('They are two customers again'));
  } catch (error) {
    toastProblem(t('That could not be undone. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}

export async function mergeCustomers(kept: number, other: number, name: string | null, address: string | null): Promise<boolean> {
  try {
    const done = await post<{ id: number }>(`/customers/${kept}/merges`, { customerId: other, name, address });
    toast(t('They are one customer now'), {
      action: { label: t('Undo'), chord: 'z', run: () => void undoCustomerMerge(kept, done.id) },
    });
    return true;
  } catch (error) {
    toastProblem(t('They could not be merged. {reason}', { reason: reasonOf(error) }));
    return false;
  } finally {
    readAnew();
  }
}

export async function notTheSame(one: number, other: number): Promise<void> {
  try {
    await put(`/customers/${one}/duplicates/${other}/dismissal`);
    toast(t('They are not proposed again'), {
      action: { label: t('Undo'), chord: 'z', run: () => void mayBeTheSame(one, other) },
    });
  } catch (error) {
    toastProblem(t('That could not be kept. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}

/** An address becomes a customer of its own, with the conversations that it began; undone, it is merged back. */
export async function separate(customer: Customer, identity: Identity): Promise<void> {
  const key = keys.customer(customer.id);
  queryClient.setQueryData<CustomerPanel>(
    key,
    (old) => old && { ...old, customer: { ...old.customer, identities: old.customer.identities.filter((each) => each.id !== identity.id) } },
  );
  try {
    const made = await post<Customer>(`/customers/${customer.id}/identities/${identity.id}/separation`);
    toast(t('{address} is a customer of its own now', { address: identity.value }), {
      action: { label: t('Undo'), chord: 'z', run: () => void mergeBack(customer, made.id) },
    });
  } catch (error) {
    toastProblem(t('It could not be separated. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}

async function mergeBack({ id, name, address }: Customer, other: number): Promise<void> {
  try {
    await post(`/customers/${id}/merges`, { customerId: other, name, address });
  } catch (error) {
    toastProblem(t('That could not be undone. {reason}', { reason: reasonOf(error) }));
  } finally {
    readAnew();
  }
}

async function mayBeTheSame(one: number, other: number): Promise<void> {
  await del(`/customers/${one}/duplicates/${other}/dismissal`).catch((error: unknown) => toastProblem(reasonOf(error)));
  readAnew();
}
