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

/** Returns a share from 0 to 1 as a percentage with at most three significant digits. */
export function share(value: number): string {
  const percent = value * 100;
  const size = Math.abs(percent);
  if (size === 0) return `0${THIN}%`;
  if (size < 0.01) return `<0.01${THIN}%`;
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3;
  return minus(`${Number(percent.toFixed(digits))}${THIN}%`);
}

/** Returns a change between two shares in percentage points, with its sign. */
export function points(change: number): string {
  const size = Math.abs(change * 100);
  if (size < 0.05) return `±0.0${THIN}pp`;
  return `${change > 0 ? "+" : MINUS}${size.toFixed(1)}${THIN}pp`;
}
