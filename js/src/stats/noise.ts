// How large the norm of pure sampling noise is; see `afterlaunch.stats.noise`.

const N_DRAWS = 512;
const NOTHING = 1e-12; // stands for the noise of a column whose rows all share one cell
const SALT = 0x48e067d0;

/** Of one row's squared noise norm: mean, 2 mean² / variance, and the rate of the tail. */
export interface Noise {
  readonly mean: number;
  readonly shape: number;
  readonly rate: number;
}

/** The effect of share differences: largest cumulative gap if ordered, total variation if not. */
export function norm(gap: Float64Array, ordered: boolean): number {
  let sum = 0;
  let largest = 0;
  for (let i = 0; i < gap.length; i++) {
    const x = gap[i] as number;
    sum += ordered ? x : Math.abs(x);
    const size = Math.abs(sum);
    if (size > largest) largest = size;
  }
  return ordered ? largest : sum / 2;
}

/** The constants of a column with shares `p`, which varies no less than a flag on a share `rare` of its rows. */
export function noise(p: Float64Array, ordered: boolean, rare: number): Noise {
  const k = p.length;
  const draws = normalDraws(k);
  const roots = p.map(Math.sqrt);
  const drawnNorm = ordered ? largestDrawn : sumDrawn;
  const known = ordered ? cumulated(p) : p;
  let first = 0;
  let second = 0;
  for (let at = 0; at < draws.length; at += k) {
    const size = drawnNorm(draws, at, roots, known);
    const squared = size * size;
    first += squared;
    second += squared * squared;
  }
  const flag = Math.max(rare * (1 - rare), NOTHING);
  const mean = Math.max(first / N_DRAWS, flag);
  const variance = Math.max(second / N_DRAWS - (first / N_DRAWS) ** 2, NOTHING ** 2);
  const shape = first / N_DRAWS < flag ? 1 : (2 * mean ** 2) / variance;
  return { mean, shape, rate: Math.min(Math.max(largestVariance(p, ordered) / mean, 1 / shape), 1) };
}

let sums = new Float64Array(0);

/** The norm of one draw of an ordered column's sampling noise, in two passes: largest cumulative gap. */
function largestDrawn(draws: Float64Array, at: number, roots: Float64Array, cumulative: Float64Array): number {
  const k = roots.length;
  if (sums.length < k) sums = new Float64Array(k);
  let all = 0;
  for (let i = 0; i < k; i++) {
    all += (draws[at + i] as number) * (roots[i] as number);
    sums[i] = all;
  }
  let largest = 0;
  for (let i = 0; i < k; i++) {
    const size = Math.abs((sums[i] as number) - (cumulative[i] as number) * all);
    if (size > largest) largest = size;
  }
  return largest;
}

/** The norm of one draw of an unordered column's sampling noise: total variation. */
function sumDrawn(draws: Float64Array, at: number, roots: Float64Array, p: Float64Array): number {
  const k = roots.length;
  let all = 0;
  for (let i = 0; i < k; i++) all += (draws[at + i] as number) * (roots[i] as number);
  let sum = 0;
  for (let i = 0; i < k; i++) {
    sum += Math.abs((draws[at + i] as number) * (roots[i] as number) - (p[i] as number) * all);
  }
  return sum / 2;
}

function cumulated(p: Float64Array): Float64Array {
  let sum = 0;
  return p.map((share) => {
    sum += share;
    return sum;
  });
}

/** Largest variance of a linear functional below the norm. */
export function largestVariance(p: Float64Array, ordered: boolean): number {
  let cumulative = 0;
  let largest = 0;
  let top = 0;
  for (const share of p) {
    cumulative += share;
    top = Math.max(top, share);
    largest = Math.max(largest, cumulative * (1 - cumulative));
  }
  if (ordered) return largest;
  return top > 0.5 ? top * (1 - top) : 0.25;
}

const drawn = new Map<number, Float64Array>();

/** 512 × k standard normal numbers, the same for ever: hashed counters, by Box and Muller's transform. */
function normalDraws(k: number): Float64Array {
  const known = drawn.get(k);
  if (known) return known;
  const draws = new Float64Array(N_DRAWS * k);
  for (let row = 0; row < N_DRAWS; row++) {
    for (let cell = 0; cell < k; cell++) {
      const counter = (row << 12) + cell;
      const radius = Math.sqrt(-2 * Math.log(uniform(counter)));
      draws[row * k + cell] = radius * Math.cos(2 * Math.PI * uniform(counter + (1 << 24)));
    }
  }
  drawn.set(k, draws);
  return draws;
}

/** A number in (0, 1) from a 32-bit counter, by Wellons' hash (lowbias32). */
function uniform(counter: number): number {
  let x = counter ^ SALT;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  x = x ^ (x >>> 16);
  return ((x >>> 0) + 0.5) / 2 ** 32;
}
