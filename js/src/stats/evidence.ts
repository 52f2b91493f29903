// From counts to what the null needs to know: each part of each column, its step and its placebos.
import { type Cells, hasGaps, presence, type Table, values, type Windows } from "./cells";
import { type Design, design, dot, stepContrast } from "./contrasts";
import { largestVariance, type Noise, noise, norm } from "./noise";
import { addLogLikelihood, between, N_GRID, sampling } from "./placebo";

/** What of a column is judged: its values, or the share of rows without one. */
export type PartName = "values" | "absence";

const FULL_STRENGTH = 20;
const SKEWED = 10;

/** What the null takes of one part of one column. */
export interface Evidence {
  readonly column: number;
  readonly part: PartName;
  /** Share of rows that moved. */
  readonly effect: number;
  /** Median rows of a bucket. */
  readonly volume: number;
  /** Turns a squared effect into units of one row's noise at the median volume. */
  readonly unit: number;
  readonly noise: Noise;
  /** How much wider an interval is than the null: rows of two kinds, not of one. */
  readonly widening: number;
  /** Variance of the step by sampling, and between buckets over the grid. */
  readonly sampling: number;
  readonly between: Float64Array;
  readonly logLikelihood: Float64Array;
  /** How far p-values must be raised for want of placebos. */
  readonly caution: number;
  readonly covered: boolean;
}

interface Shared extends Design {
  readonly between: readonly Float64Array[];
}

/** The evidence on the part `part` of every column that has it; designs are shared by columns with the same buckets. */
export function gather(columns: readonly Cells[], windows: Windows, part: PartName): Evidence[] {
  const designs = new Map<string, Shared>();
  return columns.flatMap((cells, column) => {
    if (part === "absence" && !hasGaps(cells)) return [];
    const table = part === "values" ? values(cells) : presence(cells);
    const usable = (d: number) => (table.n[d] as number) > 0;
    if (!windows.reference.some(usable) || !windows.current.some(usable)) return [];
    const key = Array.from(table.n, (n) => (n > 0 ? "1" : "0")).join("");
    const plan = designs.get(key) ?? share(design(windows, usable));
    designs.set(key, plan);
    return [gatherOne(column, part, part === "values" && cells.ordered, table, plan, windows)];
  });
}

function share(plan: Design): Shared {
  return { ...plan, between: plan.placebos.map((placebo) => between(placebo, plan.position)) };
}

function gatherOne(
  column: number,
  part: PartName,
  ordered: boolean,
  table: Table,
  plan: Shared,
  windows: Windows,
): Evidence {
  const n = picked(table.n, plan.used);
  const { contrast, covered } = stepContrast(table, windows, plan.used);
  const shares = bucketShares(table, plan.used, n);
  const gap = contrasted(contrast, shares, table.k);
  const sides = sidesOf(table, gap, windows);
  const shared = pooled(sides, part);
  const constants = noise(shared, ordered, Math.min(SKEWED / Math.min(sides.nBefore, sides.nAfter), 0.5));
  const volume = median(n);
  const unit = volume / constants.mean;
  const logLikelihood = new Float64Array(N_GRID);
  for (const [j, placebo] of plan.placebos.entries()) {
    const size = norm(contrasted(placebo, shares, table.k), ordered) ** 2 * unit;
    addLogLikelihood(logLikelihood, size, sampling(placebo, n, volume), plan.between[j] as Float64Array, constants);
  }
  return {
    column,
    part,
    effect: norm(gap, ordered),
    volume,
    unit,
    noise: constants,
    widening: widening(sides, shared, ordered),
    sampling: sampling(contrast, n, volume),
    between: between(contrast, plan.position),
    logLikelihood,
    caution: windows.timeless ? 1 : Math.min(1, (plan.available / FULL_STRENGTH) ** 2),
    covered,
  };
}

function bucketShares({ counts, k }: Table, used: Int32Array, n: Float64Array): Float64Array {
  const shares = new Float64Array(used.length * k);
  for (let u = 0; u < used.length; u++) {
    const d = used[u] as number;
    const rows = n[u] as number;
    for (let i = 0; i < k; i++) shares[u * k + i] = (counts[d * k + i] as number) / rows;
  }
  return shares;
}

function picked(from: Float64Array, places: Int32Array): Float64Array {
  const out = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) out[i] = from[places[i] as number] as number;
  return out;
}

function contrasted(contrast: Float64Array, shares: Float64Array, k: number): Float64Array {
  const sum = new Float64Array(k);
  for (let u = 0; u < contrast.length; u++) {
    const weight = contrast[u] as number;
    if (weight)
      for (let i = 0, at = u * k; i < k; i++) sum[i] = (sum[i] as number) + weight * (shares[at + i] as number);
  }
  return sum;
}

function median(n: Float64Array): number {
  const sorted = n.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

function summed({ counts, k, n }: Table, buckets: Int32Array): { sums: Float64Array; n: number } {
  const sums = new Float64Array(k);
  let rows = 0;
  for (const d of new Set(buckets)) {
    rows += n[d] as number;
    for (let i = 0; i < k; i++) sums[i] = (sums[i] as number) + (counts[d * k + i] as number);
  }
  return { sums, n: rows };
}

/** Shares of both windows, the reference like for like, and their rows. */
interface Sides {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly nBefore: number;
  readonly nAfter: number;
}

function sidesOf(table: Table, gap: Float64Array, windows: Windows): Sides {
  const { sums, n } = summed(table, windows.current);
  const after = sums.map((count) => count / n);
  const before = after.map((share, i) => Math.max(share - (gap[i] as number), 0));
  return { before, after, nBefore: summed(table, windows.reference).n, nAfter: n };
}

/** Shares of both windows together. */
function pooled({ before, after, nBefore, nAfter }: Sides, part: PartName): Float64Array {
  const one = 1 / Math.min(nBefore, nAfter);
  return toShares(
    after.map((share, i) => {
      const first = before[i] as number;
      const mixed = (first * nBefore + share * nAfter) / (nBefore + nAfter);
      return part === "values" || mixed === 0 ? mixed : Math.max(mixed, first, share, one); // rare cells are skewed
    }),
  );
}

function toShares(sizes: Float64Array): Float64Array {
  const total = dot(
    sizes,
    sizes.map(() => 1),
  );
  return total > 0 ? sizes.map((size) => size / total) : sizes;
}

/** How much larger the noise is if each window has its own shares, and not the pooled ones. */
function widening({ before, after, nBefore, nAfter }: Sides, shared: Float64Array, ordered: boolean): number {
  const apart =
    largestVariance(toShares(before), ordered) / nBefore + largestVariance(toShares(after), ordered) / nAfter;
  const together = largestVariance(shared, ordered) * (1 / nBefore + 1 / nAfter);
  return together > 0 ? Math.sqrt(Math.max(apart / together, 1)) : 1;
}
