import type { SignaturePreview as Preview } from '../../api/types';
import { RichText } from '../../conversations/thread/RichText';
import { Face } from '../../platform/Face';
import { t } from '../../platform/i18n';
import classes from './Signature.module.css';

/** As a customer sees it. */
export function SignaturePreview({ preview }: { preview: Preview }) {
  if (!preview.html) return <p className={classes.preview}>{t('Nothing stands under these mails.')}</p>;
  return (
    <div className={classes.preview}>
      {preview.faceUrl && <Face name={null} size={48} url={preview.faceUrl} />}
      <div className={classes.words}>
        <RichText html={preview.html} />
      </div>
    </div>
  );
}
