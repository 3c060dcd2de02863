import { useQuery } from '@tanstack/react-query';
import classes from './BrandMark.module.css';
import { brandsQuery } from './queries';

interface Look {
  name: string;
  color: string;
}

/** A brand's initial on its colour. Decoration: its name stands beside it, or is said to screen readers. */
export function BrandMark({ brand, size = 18 }: { brand: Look; size?: number }) {
  return (
    <span className={classes.mark} style={{ width: size, height: size, fontSize: size * 0.6, background: brand.color, color: inkOn(brand.color) }} aria-hidden>
      {[...brand.name.trim()][0]?.toUpperCase()}
    </span>
  );
}

/** Which shop this is about, where there are several. */
export function BrandTag({ brand }: { brand: Look }) {
  const several = (useQuery(brandsQuery).data?.items.length ?? 0) > 1;
  if (!several) return null;
  return (
    <span className={classes.tag} title={brand.name}>
      <BrandMark brand={brand} /> <bdi className="truncate">{brand.name}</bdi>
    </span>
  );
}

/** Black or white, whichever is read better: the relative luminance of WCAG 2.2 against the point where both are equal. */
export function inkOn(color: string): string {
  const channel = (at: number) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.179 ? '#000' : '#fff';
}
