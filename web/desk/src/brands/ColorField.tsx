import { Button, ColorInput } from '@mantine/core';
import { t } from '../platform/i18n';
import classes from './ColorField.module.css';
import { contrast, inkOn, READABLE, readableOnWhite } from './contrast';

interface Props {
  color: string;
  error?: string;
  change: (color: string) => void;
}

/** A colour with what becomes of it: letters on it, and words in it on white. */
export function ColorField({ color, error, change }: Props) {
  const known = /^#[0-9a-f]{6}$/i.test(color);
  const ratio = known ? contrast(color, '#ffffff') : null;
  const darker = known ? readableOnWhite(color) : color;
  return (
    <div>
      <ColorInput label={t('Colour')} format="hex" withEyeDropper={false} value={color} error={error} onChange={change} />
      {ratio !== null && (
        <div className={classes.tried}>
          <span className={classes.sample} style={{ background: color, color: inkOn(color) }} aria-hidden>
            {t('Button')}
          </span>
          {ratio >= READABLE && (
            <span className={classes.sample} style={{ background: '#fff', color }} aria-hidden>
              {t('Link')}
            </span>
          )}
          <p role="status" className={classes.verdict} data-bad={ratio < READABLE || undefined}>
            {ratio < READABLE
              ? t('Words in it are hard to read on white: {ratio} to 1 of {least}.', { ratio: Math.floor(ratio * 10) / 10, least: READABLE })
              : t('Words in it are well read on white.')}
          </p>
          {ratio < READABLE && (
            <Button size="compact-sm" variant="default" onClick={() => change(darker)} leftSection={<span className={classes.swatch} style={{ background: darker }} />}>
              {t('Take {color}', { color: darker })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
