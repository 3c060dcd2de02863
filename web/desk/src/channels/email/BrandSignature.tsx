import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Brand, BrandSignature as Signature } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { get } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Trouble } from '../../platform/Trouble';
import classes from '../../settings/Settings.module.css';

const Editor = lazy(() => import('./BrandSignatureEditor'));

export function BrandSignature({ brand }: { brand: Brand }) {
  const query = useQuery({
    queryKey: [...keys.signatures, brand.id],
    queryFn: ({ signal }) => get<Signature>(`/brands/${brand.id}/signature`, undefined, signal),
  });
  return (
    <div style={{ paddingTop: 24, maxWidth: 600 }}>
      <h3 className={classes.sectionTitle}>{t('Signature')}</h3>
      <p className={classes.lead}>
        {t('Stands under every mail of this brand, beside the picture of whoever wrote it. A line whose parts are all empty is left out.')}
      </p>
      {query.isError && !query.data ? (
        <Trouble error={query.error} what={t('the signature')} retry={() => void query.refetch()} />
      ) : (
        <Suspense fallback={<Bone width="100%" height={220} />}>
          {query.data ? (
            <Editor key={`${query.data.standard} ${query.data.html}`} signature={query.data} name={brand.name} />
          ) : (
            <Bone width="100%" height={220} />
          )}
        </Suspense>
      )}
    </div>
  );
}
