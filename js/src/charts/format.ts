// Numbers as a reader wants them: three significant digits, thin spaces, a real minus.

const THIN = "\u202f";
const MINUS = "\u2212";

const minus = (text: string) => text.replace("-", MINUS);

/** Returns a whole number with its thousands set apart. */
export function count(value: number): string {
  return minus(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN));
}

/** Returns three significant digits, without trailing zeros and without an exponent where it can be helped. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000 && size < 1e9) return count(Number(value.toPrecision(3)));
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return minus(value.toExponential(1).replace("e+", "e"));
  return minus(String(Number(value.toPrecision(3))));
}

/** Returns a value to the precision that `step` shows. */
export function rounded(value: number, step: number): string {
  if (Math.abs(value) >= 1e6 || step < 1e-6) return number(value);
  const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const text = value.toFixed(digits);
  const [whole = "", part] = (Number(text) === 0 ? (0).toFixed(digits) : text).split(".");
  const spaced = Math.abs(value) >= 1e4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  return minus(part === undefined ? spaced : `${spaced}.${part}`);
}

/** Returns a share as a percentage; one that is not zero never reads as zero. */
export function share(value: number): string {
  const percent = 100 * value;
  if (percent > 0 && percent < 0.05) return `<0.1${THIN}%`;
  const text = percent < 10 ? percent.toFixed(1) : String(Math.round(percent));
  return `${text.replace(/\.0$/, "")}${THIN}%`;
}

/** Returns a round share, as at a tick, with all the digits that it has. */
export const roundShare = (value: number) => (value === 0 ? "0" : `${Number((value * 100).toPrecision(3))}${THIN}%`);

/** Returns a change between two shares in percentage points, with its sign. */
export function points(change: number): string {
  const size = Math.abs(change * 100);
  if (size < 0.05) return `±0.0${THIN}pp`;
  return `${change > 0 ? "+" : MINUS}${size.toFixed(1)}${THIN}pp`;
}
