import { useQuery } from '@tanstack/react-query';
import { t } from '../../platform/i18n';
import { offeredQuery, troubleWords } from './providers';

/** Why a provider let nobody in, above the ways that are left. */
export function SignInTrouble({ trouble, provider }: { trouble: string; provider?: number }) {
  const offered = useQuery(offeredQuery);
  if (offered.isPending) return null;
  const name = offered.data?.items.find((each) => each.id === provider)?.name ?? t('The provider');
  return (
    <p role="alert" className="form-problem" style={{ marginTop: 0, marginBottom: 24 }}>
      {troubleWords(trouble, name)}
    </p>
  );
}
