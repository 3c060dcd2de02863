import { t } from '../../platform/i18n';
import classes from './Signature.module.css';
import { SignaturePreview } from './SignaturePreview';
import { useOwnSignature } from './signatures';

/** What will stand under the mail; one quiet line until somebody wants to see it. */
export function SignatureBelow({ brandId }: { brandId: number }) {
  const preview = useOwnSignature(brandId)?.preview;
  if (!preview?.html) return null;
  return (
    <details className={classes.below}>
      <summary className="truncate">{t('Signed: {signature}', { signature: preview.text.split(/\n+/).join(' · ') })}</summary>
      <SignaturePreview preview={preview} />
    </details>
  );
}
