// How much one number a bucket varies by itself; the model and its reasons stand in `afterlaunch.stats.natural`.
import type { Windows } from "./cells";
import { dot, placebos, places, stepContrast, usedBuckets } from "./contrasts";
import type { Noise } from "./noise";
import {
  addLogLikelihood,
  between,
  betweenShares,
  LogVariance,
  lasting,
  N_GRID,
  Null,
  passing,
  pooledPosterior,
  sampling,
  stillWeights,
} from "./placebo";

export const SCALAR: Noise = { mean: 1, shape: 1, rate: 1 }; // the square of one normal variable
const FULL_STRENGTH = 20;
const CAUTION = 0.6; // for a tail that is too light

/**
 * How far each bucket lies from the reference's level, its sampling variance, and its rows.
 *
 * Of several parts the length of their step is judged: `variance` is that of all together, `noise` its spread.
 */
export interface Series {
  readonly parts: readonly Float64Array[];
  readonly noise: Noise;
  readonly variance: Float64Array;
  readonly n: Float64Array;
}

/** What a reference teaches about natural variation. */
export class Natural {
  readonly covered: boolean;
  /** How far p-values must be raised for want of placebos; all of `raising` is this and a caution for heavy tails. */
  readonly caution: number;
  readonly raising: number;
  private readonly used: Int32Array;
  private readonly position: Float64Array;
  private readonly unit: number;
  private readonly contrast: Float64Array;
  private readonly between: Float64Array;

  constructor(
    private readonly series: Series,
    private readonly weights: Float64Array,
    windows: Windows,
  ) {
    const usable = (d: number) => (series.n[d] as number) > 0;
    const n = series.n.map((rows) => Math.max(rows, 0));
    this.used = usedBuckets(windows, usable);
    this.position = places(windows.position, this.used);
    this.unit = median(pick(series.variance, this.used));
    const step = stepContrast({ counts: new Float64Array(0), k: 0, n }, windows, this.used);
    this.contrast = step.contrast;
    this.covered = step.covered;
    this.between = between(this.contrast, this.position);
    const { timeless } = windows;
    this.caution = timeless ? 1 : Math.min(1, (placebos(windows, usable).available / FULL_STRENGTH) ** 2);
    this.raising = this.caution * (timeless ? 1 : CAUTION);
  }

  /** Whether buckets drift by themselves. */
  get wandering(): boolean {
    return this.shares().unitRoot > 0.5;
  }

  /** Share of the step's variance that comes from its buckets, not from their rows. */
  get betweenShare(): number {
    return this.shares().all;
  }

  /** The length of the step between the two windows. */
  get step(): number {
    return length(
      this.contrast,
      this.series.parts.map((part) => pick(part, this.used)),
    );
  }

  /** The chance that natural variation alone makes a step of at least this size, either way. */
  pvalue(step: number): number {
    if (this.raising <= 0) return 1;
    const law = new Null(
      this.weights,
      this.noise(this.contrast, this.series.variance),
      this.between,
      this.series.noise,
    );
    return Math.min(law.exceed(step ** 2 / this.unit) / this.raising, 1);
  }

  /** The size of a step that natural variation exceeds with `chance`, the buckets having other sampling variances. */
  reach(chance: number, variance = this.series.variance): number {
    return this.size(this.weights, this.noise(this.contrast, variance), this.between, chance * this.raising);
  }

  /** How far the mean of the buckets `which`, by their rows, lies from their own level with `chance` to lie further. */
  width(which: Int32Array, n: Float64Array, variance: Float64Array, chance: number): number {
    const all = which.reduce((sum, d) => sum + (n[d] as number), 0);
    const inside = new Set(which);
    const contrast = Float64Array.from(this.used, (d) => (inside.has(d) ? (n[d] as number) / all : 0));
    return this.size(passing(this.weights), this.noise(contrast, variance), between(contrast, this.position), chance);
  }

  private size(weights: Float64Array, noise: number, across: Float64Array, chance: number): number {
    const reachable = Math.min(Math.max(chance, 1e-300), 1 - 1e-9);
    return Math.sqrt(new Null(weights, noise, across, this.series.noise).quantile(reachable) * this.unit);
  }

  private noise(contrast: Float64Array, variance: Float64Array): number {
    return sampling(contrast, rowsOf(variance, this.used, this.unit), 1);
  }

  private shares(): { all: number; unitRoot: number } {
    return betweenShares(this.weights, this.noise(this.contrast, this.series.variance), this.between);
  }
}

/** What series with values in the same buckets teach, which lend each other what they learnt. */
export function learnTogether(series: readonly Series[], windows: Windows): Natural[] {
  const [first] = series;
  if (first === undefined) return [];
  const weights = windows.timeless ? series.map(stillWeights) : pooledPosterior(likelihoods(series, first, windows));
  return series.map((one, i) => new Natural(one, weights[i] as Float64Array, windows));
}

/** How likely each point of the grid makes the placebos of each series, as a logarithm. */
function likelihoods(series: readonly Series[], { n }: Series, windows: Windows): Float64Array[] {
  const usable = (d: number) => (n[d] as number) > 0;
  const { buckets, position, contrasts } = placebos(windows, usable);
  const used = usedBuckets(windows, usable);
  const plans = contrasts.map((contrast) => {
    const b = between(contrast, position);
    return { contrast, b, logs: new LogVariance(b) };
  });
  return series.map(({ parts, variance, noise }) => {
    const unit = median(pick(variance, used));
    const values = parts.map((part) => pick(part, buckets));
    const rows = rowsOf(variance, buckets, unit);
    const total = new Float64Array(N_GRID);
    for (const { contrast, b, logs } of plans) {
      const s = sampling(contrast, rows, 1);
      addLogLikelihood(total, length(contrast, values) ** 2 / unit, { s, b, logs: logs.at(s) }, noise);
    }
    return lasting(total);
  });
}

const length = (contrast: Float64Array, parts: readonly Float64Array[]) =>
  Math.hypot(...parts.map((part) => dot(contrast, part)));

/** How many usual rows each bucket is worth. */
const rowsOf = (variance: Float64Array, buckets: Int32Array, unit: number) =>
  Float64Array.from(buckets, (d) => unit / (variance[d] as number));

const pick = (from: Float64Array, buckets: Int32Array) => Float64Array.from(buckets, (d) => from[d] as number);

function median(values: Float64Array): number {
  const sorted = values.sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
