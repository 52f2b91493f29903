// The null of natural variation; the model and its sources stand in `afterlaunch.stats.placebo`.
import { dot, persistence } from "./contrasts";
import { gammaMass, logGammaTabled, logPeakTabled, upperGamma } from "./gamma";
import type { Noise } from "./noise";

const RHO = [0, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99];
const UNIT_ROOT = 0.95;
const LONGEST = 0.95; // correlation of one bucket with the next
const RULED_OUT = -1e300; // a log likelihood
const N_LAM = 17;
const PRIOR_STILL = 0.1;
const MAX_HALF = 4;
const POOLING = 0.9;
const ROUNDS = 3;
const NEGLIGIBLE = 1e-14;
const LOST = 1e-17;
const MAX_STEPS = 100;
const CONVERGED = 1e-6;

interface Point {
  readonly rho: number;
  /** Index of `rho` in RHO. */
  readonly place: number;
  readonly g: number;
  readonly lam: number;
  readonly prior: number;
}

function grid(): Point[] {
  const points: Point[] = [{ rho: 0, place: 0, g: 1, lam: 0, prior: PRIOR_STILL }];
  for (const [place, rho] of RHO.entries()) {
    const shares = rho ? [0.5, 1] : [1];
    const prior = (1 - PRIOR_STILL) / RHO.length / shares.length / N_LAM;
    for (const g of shares) for (let i = 0; i < N_LAM; i++) points.push({ rho, place, g, lam: 0.05 * 2 ** i, prior });
  }
  return points;
}

const GRID = grid();
export const N_GRID = GRID.length;
const PRIOR = Float64Array.from(GRID, (point) => point.prior);

/** How a contrast varies by its buckets, which vary by `factor` more than was learnt, over the grid. */
export function between(contrast: Float64Array, position: Float64Array, factor = 1): Float64Array {
  const byRho = RHO.map((rho) => persistence(contrast, position, rho));
  const squares = dot(contrast, contrast);
  const out = new Float64Array(N_GRID);
  for (let i = 0; i < N_GRID; i++) {
    const { place, g, lam } = GRID[i] as Point;
    out[i] = lam * (g * (byRho[place] as number) + (1 - g) * squares) * factor;
  }
  return out;
}

/** How a contrast varies by sampling, in units of one row's noise at the volume `unit`. */
export function sampling(contrast: Float64Array, n: Float64Array, unit: number): number {
  let sum = 0;
  for (let i = 0; i < n.length; i++) sum += ((contrast[i] as number) ** 2 * unit) / (n[i] as number);
  return sum;
}

/** The logarithms of a placebo's variance over the grid, kept while its sampling noise stays: columns share them. */
export class LogVariance {
  private s = Number.NaN;
  private readonly logs = new Float64Array(N_GRID);

  constructor(private readonly b: Float64Array) {}

  at(s: number): Float64Array {
    if (s === this.s) return this.logs;
    this.s = s;
    for (let i = 0; i < N_GRID; i++) this.logs[i] = Math.log(s + (this.b[i] as number));
    return this.logs;
  }
}

/** What a placebo is held against: its variance by sampling, and between buckets over the grid. */
export interface Expected {
  readonly s: number;
  readonly b: Float64Array;
  /** Logarithms of their sum. */
  readonly logs: Float64Array;
}

/** Adds to `total` the log likelihood of one squared placebo norm, taken as a gamma variable. */
export function addLogLikelihood(total: Float64Array, size: number, { s, b, logs }: Expected, noise: Noise): void {
  const x = Math.max(size, 1e-9);
  const logX = Math.log(x);
  const still = (2 * s * s) / noise.shape;
  const cross = 4 * noise.rate * s;
  for (let i = 0; i < N_GRID; i++) {
    const across = b[i] as number;
    const mean = s + across;
    const free = (mean * mean) / (still + across * (2 * across + cross));
    const half = Math.min(free, MAX_HALF);
    const ratio = logX - (logs[i] as number);
    total[i] = (total[i] as number) + half * (ratio - x / mean) + logPeakTabled(half) - logX;
  }
}

/** Likelihoods relative to the largest. */
function relative(logLikelihood: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const value of logLikelihood) if (value > top) top = value;
  return logLikelihood.map((value) => Math.exp(value - top));
}

/** Fills in the weights of the grid, summing to 1. */
function weigh(weights: Float64Array, likelihood: Float64Array, prior: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < N_GRID; i++) {
    const weight = (likelihood[i] as number) * (prior[i] as number);
    weights[i] = weight;
    sum += weight;
  }
  for (let i = 0; i < N_GRID; i++) weights[i] = (weights[i] as number) / sum;
}

/** Weights of the grid when columns lend each other what they learnt. */
export function pooledPosterior(logLikelihoods: readonly Float64Array[]): Float64Array[] {
  const likelihoods = logLikelihoods.map(relative);
  const weights = likelihoods.map((likelihood) => {
    const own = new Float64Array(N_GRID);
    weigh(own, likelihood, PRIOR);
    return own;
  });
  const n = weights.length;
  if (n < 2) return weights;
  const share = (POOLING * (n - 1)) / (n + 3);
  const prior = new Float64Array(N_GRID);
  for (let round = 0; round < ROUNDS; round++) {
    const sum = summed(weights);
    for (const [c, own] of weights.entries()) {
      for (let i = 0; i < N_GRID; i++) {
        const lent = ((sum[i] as number) - (own[i] as number)) / (n - 1);
        prior[i] = (1 - share) * (PRIOR[i] as number) + share * lent;
      }
      weigh(own, likelihoods[c] as Float64Array, prior);
    }
  }
  return weights;
}

function summed(weights: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(N_GRID);
  for (const one of weights) for (let i = 0; i < N_GRID; i++) sum[i] = (sum[i] as number) + (one[i] as number);
  return sum;
}

/** Weights that put all on buckets which vary by their rows alone. */
export function stillWeights(): Float64Array {
  return Float64Array.from(GRID, ({ lam }) => (lam === 0 ? 1 : 0));
}

const PASSING = 0.7; // days that resemble the day before no more than this pass within weeks

/** The log likelihood `total` of the grid without drifts over months, which are the level of a window. */
export const lasting = (total: Float64Array): Float64Array =>
  total.map((one, i) => ((GRID[i] as Point).rho <= LONGEST ? one : RULED_OUT));

/** The weights without those of buckets that change over months, which belong to the level. */
export function passing(weights: Float64Array): Float64Array {
  const kept = weights.map((weight, i) => ((GRID[i] as Point).rho <= PASSING ? weight : 0));
  const sum = kept.reduce((all, weight) => all + weight, 0);
  return kept.map((weight) => weight / sum);
}

/** Share of the step's variance that comes from buckets beyond their rows, and from those that drift by themselves. */
export function betweenShares(weights: Float64Array, s: number, b: Float64Array): { all: number; unitRoot: number } {
  let all = 0;
  let unitRoot = 0;
  GRID.forEach(({ rho }, i) => {
    const share = ((weights[i] as number) * (b[i] as number)) / (s + (b[i] as number));
    all += share;
    if (rho >= UNIT_ROOT) unitRoot += share;
  });
  return { all, unitRoot };
}

/** The distribution of one squared norm: a mixture of shifted gamma variables, five numbers a point. */
export class Null {
  private readonly points: Float64Array;
  private readonly mean: number;

  constructor(weights: Float64Array, s: number, b: Float64Array, { shape, rate }: Noise) {
    const points = new Float64Array(5 * N_GRID);
    let mean = 0;
    let at = 0;
    for (let i = 0; i < N_GRID; i++) {
      const weight = weights[i] as number;
      if (weight <= NEGLIGIBLE) continue;
      // The first three cumulants of a contrast's squared norm, the part between buckets being of rank one.
      const across = b[i] as number;
      const first = s + across;
      const second = 2 * ((s * s) / shape + across * across + 2 * rate * s * across);
      const third =
        8 * ((rate * s ** 3) / shape + 3 * rate * rate * s * s * across + 3 * rate * s * across ** 2 + across ** 3);
      const scale = third / (2 * second);
      const half = second / (scale * scale);
      points[at++] = weight;
      points[at++] = first - half * scale;
      points[at++] = scale;
      points[at++] = half;
      points[at++] = logGammaTabled(half);
      mean += weight * first;
    }
    this.points = points.subarray(0, at);
    this.mean = mean;
  }

  /** Chance that natural variation alone exceeds `size`. */
  exceed(size: number): number {
    return this.tail(size).chance;
  }

  /** Size that natural variation exceeds with `chance`: Newton's method inside a bracket. */
  quantile(chance: number): number {
    let low = -30;
    let high = 60;
    let x = Math.log(this.mean * (1 - 2 * Math.log(chance)));
    for (let step = 0; step < MAX_STEPS; step++) {
      const tail = this.tail(Math.exp(x));
      const p = Math.max(tail.chance, 1e-300);
      if (p > chance) low = x;
      else high = x;
      const move = (Math.log(p / chance) * p) / Math.max(tail.slope, 1e-300);
      const settled = Math.abs(move) < CONVERGED;
      x = settled || (x + move > low && x + move < high) ? x + move : (low + high) / 2;
      if (settled) break;
    }
    return Math.exp(x);
  }

  /** The chance to exceed `size`, and how fast it falls with the logarithm of the size. */
  private tail(size: number): { chance: number; slope: number } {
    const { points } = this;
    let chance = 0;
    let slope = 0;
    for (let at = 0; at < points.length; at += 5) {
      const weight = points[at] as number;
      const scale = points[at + 2] as number;
      const half = points[at + 3] as number;
      const x = (size - (points[at + 1] as number)) / scale;
      if (x <= 0) chance += weight;
      else {
        const mass = gammaMass(half, x, points[at + 4] as number);
        slope += (weight * mass * size) / (x * scale);
        // Far out the mass bounds the tail: what rounding would lose is not worth a continued fraction.
        if (x < half + 1 || weight * mass > chance * LOST) chance += weight * upperGamma(half, x, mass);
      }
    }
    return { chance: Math.min(chance, 1), slope };
  }
}
