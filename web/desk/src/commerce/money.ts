import { locale } from '../platform/i18n';

const formats = new Map<string, Intl.NumberFormat>();

/** "€12.30": the amount is in the smallest unit of the currency. */
export function money(minor: number, currency: string): string {
  const key = `${locale()} ${currency}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale(), { style: 'currency', currency })));
  return format.format(minor / 10 ** digitsOf(currency));
}

/** How many digits stand behind the point: 2 for most, 0 for the yen. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** As people type it, with a point or a comma; null where it is no amount that can be paid. */
export function parseMoney(typed: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const plain = typed.replace(/[\s'’]/g, '').replace(/[^\d.,]/g, '');
  const cut = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const hasFraction = cut >= 0 && plain.length - cut - 1 <= digits && digits > 0;
  const whole = (hasFraction ? plain.slice(0, cut) : plain).replace(/[.,]/g, '');
  const fraction = hasFraction ? plain.slice(cut + 1) : '';
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction)) return null;
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0);
}

/** As it stands in a field. */
export function typedMoney(minor: number, currency: string): string {
  return (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));
}
