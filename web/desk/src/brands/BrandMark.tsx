import { useQuery } from '@tanstack/react-query';
import classes from './BrandMark.module.css';
import { inkOn } from './contrast';
import { brandsQuery } from './queries';

interface Look {
  name: string;
  color: string;
  logoUrl?: string | null;
}

/** A brand's logo, or its initial on its colour. Decoration: its name stands beside it, or is said to screen readers. */
export function BrandMark({ brand, size = 18 }: { brand: Look; size?: number }) {
  if (brand.logoUrl) {
    return (
      <span className={classes.logo} style={{ width: size, height: size, borderColor: brand.color }} aria-hidden>
        <img src={brand.logoUrl} alt="" />
      </span>
    );
  }
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
