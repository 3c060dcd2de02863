import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Conversation, CustomerPanel, CustomField, FieldValue, FieldValues, Page } from '../api/types';
import { get, patch, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { keys, queryClient } from '../platform/queries';
import { toast, toastProblem } from '../platform/toasts';

export const fieldsQuery = queryOptions({
  queryKey: keys.fields,
  queryFn: ({ signal }) => get<Page<CustomField>>('/fields', undefined, signal),
  staleTime: 10 * 60_000,
});

const NONE: CustomField[] = [];

/** The shop's own fields, archived ones among them. */
export function useFields(): CustomField[] {
  return useQuery(fieldsQuery).data?.items ?? NONE;
}

/** Whose values they are. */
export interface Owner {
  subject: CustomField['subject'];
  id: number;
}

function show({ subject, id }: Owner, key: string, value: FieldValue | null): void {
  const changed = (old: FieldValues) => {
    const { [key]: _gone, ...rest } = old;
    return value === null ? rest : { ...rest, [key]: value };
  };
  if (subject === 'conversation') {
    queryClient.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, fields: changed(old.fields) });
  } else {
    queryClient.setQueryData<CustomerPanel>(
      keys.customer(id),
      (old) => old && { ...old, parts: { ...old.parts, fields: changed(old.parts.fields) } },
    );
  }
}

/** Shows a value at once, and takes it back with the reason if the server refuses it. */
export async function saveField(owner: Owner, field: CustomField, value: FieldValue | null, before: FieldValue | null, quiet = false): Promise<void> {
  const cached = owner.subject === 'conversation' ? keys.conversation(owner.id) : keys.customer(owner.id);
  await queryClient.cancelQueries({ queryKey: cached });
  show(owner, field.key, value);
  try {
    await patch(`/${owner.subject}s/${owner.id}/fields`, { fields: { [field.key]: value } });
    if (!quiet) {
      toast(t('{name} saved', { name: field.name }), {
        action: { label: t('Undo'), chord: 'z', run: () => void saveField(owner, field, before, value, true) },
      });
    }
  } catch (error) {
    show(owner, field.key, before);
    toastProblem(t('{name} could not be saved. {reason}', { name: field.name, reason: reasonOf(error) }));
  } finally {
    void queryClient.invalidateQueries({ queryKey: cached });
  }
}
