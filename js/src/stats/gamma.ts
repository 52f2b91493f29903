// The two gamma functions that the null needs, to near machine precision.

const HALF_LOG_TAU = 0.9189385332046727;
const FAR = 9; // from here on Stirling's series is exact to rounding

/** Logarithm of the gamma function at positive `x`: recurrence upwards, then Stirling's series. */
export function logGamma(x: number): number {
  let product = 1;
  let at = x;
  while (at < FAR) {
    product *= at;
    at += 1;
  }
  const r = 1 / at;
  const s = r * r;
  const tail = 691 / 360360 - s / 156;
  const series = r * (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * tail)))));
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TAU + series - Math.log(product);
}

const LEAST = 0.4375;
const MOST = 8;
const KNOTS = 1024; // to one: the cubic through four knots is within 4e-12

function tabled(f: (x: number) => number): Float64Array {
  return Float64Array.from({ length: (MOST - LEAST) * KNOTS + 4 }, (_, i) => f(LEAST + (i - 1) / KNOTS));
}

function interpolated(table: Float64Array, x: number): number {
  const place = (x - LEAST) * KNOTS;
  const i = place | 0;
  const t = place - i;
  const outer = (table[i] as number) * (2 - t) + (table[i + 3] as number) * (1 + t);
  const inner = (table[i + 1] as number) * (1 - t) + (table[i + 2] as number) * t;
  return inner * (1 + t) * (2 - t) * 0.5 - outer * t * (1 - t) * (1 / 6);
}

let logGammas: Float64Array | null = null;
let peaks: Float64Array | null = null;

/** Logarithm of the gamma function by table from 0.44 to 8, where the null asks for it most. */
export function logGammaTabled(x: number): number {
  if (!(x >= LEAST && x < MOST)) return logGamma(x);
  logGammas ??= tabled(logGamma);
  return interpolated(logGammas, x);
}

const peak = (a: number) => a * Math.log(a) - logGamma(a);

/** Logarithm of a^a / Γ(a), by table in the same range: what scales the density of a gamma variable of mean 1. */
export function logPeakTabled(a: number): number {
  if (!(a >= LEAST && a < MOST)) return peak(a);
  peaks ??= tabled(peak);
  return interpolated(peaks, a);
}

/** x^a e^-x / Γ(a): the gamma density of shape `a` times x. */
export function gammaMass(a: number, x: number, logGammaA: number): number {
  return Math.exp(a * Math.log(x) - x - logGammaA);
}

/**
 * Regularised upper incomplete gamma function, given `mass` = gammaMass(a, x): a power series below a + 1, Lentz's
 * continued fraction above. Press et al., *Numerical Recipes*, section 6.2.
 */
export function upperGamma(a: number, x: number, mass: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - mass * lowerSeries(a, x) : mass * upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let i = 1; term > sum * 1e-17; i++) {
    term *= x / (a + i);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < 500; i++) {
    const coefficient = -i * (i - a);
    b += 2;
    d = 1 / (coefficient * d + b);
    c = b + coefficient / c;
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}
