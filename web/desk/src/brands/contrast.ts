/** The relative luminance of WCAG 2.2, of `#rrggbb`: 0 is black, 1 is white. */
function luminance(color: string): number {
  const channel = (at: number) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** How well two colours are told apart, 1 to 21, as WCAG 2.2 counts it. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What WCAG 2.2 AA asks of words. */
export const READABLE = 4.5;

/** Black or white, whichever is read better on the colour; that is always readable. */
export function inkOn(color: string): '#000' | '#fff' {
  return luminance(color) > 0.179 ? '#000' : '#fff';
}

/** The nearest darker colour of the same hue whose words are read on white. */
export function readableOnWhite(color: string): string {
  for (let share = 1; share > 0; share -= 0.01) {
    const darker = `#${[1, 3, 5].map((at) => Math.floor(Number.parseInt(color.slice(at, at + 2), 16) * share).toString(16).padStart(2, '0')).join('')}`;
    if (contrast(darker, '#ffffff') >= READABLE) return darker;
  }
  return '#000000';
}
