import { Bone } from './Bone';
import { t } from './i18n';
import classes from './PageBones.module.css';

/** Where the line is slow: what stands at the left of every page, and the beginning of the rest. */
export function PageBones() {
  return (
    <div className={classes.page} aria-busy="true">
      <span className="visually-hidden">{t('Loading…')}</span>
      <div className={classes.side}>
        {[96, 64, 104, 88, 72, 96, 80].map((width, index) => (
          <Bone key={index} width={width} />
        ))}
      </div>
      <div className={classes.rest}>
        <Bone width="32%" height={20} />
        <Bone width="72%" />
        <Bone width="56%" />
      </div>
    </div>
  );
}
