// From counts to what the null needs to know: each part of each column, its step and its placebos.
import { type Cells, hasGaps, occupied, presence, type Table, values, type Windows } from "./cells";
import { moved, places, stepContrast, usedBuckets } from "./contrasts";
import { largestVariance, type Noise, noise, norm } from "./noise";
import { addLogLikelihood, between, type LogVariance, N_GRID, sampling } from "./placebo";
import { type Plan, type Sizes, sizes } from "./sizes";

/** What of a column is judged: its values, or the share of rows without one. */
export type PartName = "values" | "absence";

const FULL_STRENGTH = 20;
const SKEWED = 10;
const RARE = 0.005;

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

/** Yields the evidence on the part `part` of every column that has it, one by one. */
export function* gather(columns: readonly Cells[], windows: Windows, part: PartName): Generator<Evidence> {
  const shared: Shared = { plans: new Map(), used: new Map(), windows };
  for (const [column, cells] of columns.entries()) {
    if (part === "absence" && !hasGaps(cells)) continue;
    const table = part === "values" ? values(cells) : presence(cells);
    const usable = (d: number) => (table.n[d] as number) > 0;
    if (!windows.reference.some(usable) || !windows.current.some(usable)) continue;
    yield gatherOne(column, part, part === "values" && cells.ordered, table, shared);
  }
}

/** What columns with rows in the same buckets have in common. */
interface Shared {
  readonly windows: Windows;
  readonly plans: Map<string, Plan>;
  readonly used: Map<string, Int32Array>;
}

function usedOf(table: Table, { used, windows }: Shared): Int32Array {
  const found = used.get(occupied(table)) ?? usedBuckets(windows, (d) => (table.n[d] as number) > 0);
  used.set(occupied(table), found);
  return found;
}

function gatherOne(column: number, part: PartName, ordered: boolean, table: Table, common: Shared): Evidence {
  const { windows } = common;
  const used = usedOf(table, common);
  const n = picked(table.n, used);
  const { contrast, covered } = stepContrast(table, windows, used);
  const gap = moved(table, contrast, used);
  const sides = sidesOf(table, gap, windows);
  const shared = pooled(sides, part);
  const constants = noise(shared, ordered, Math.min(SKEWED / Math.min(sides.nBefore, sides.nAfter), 0.5));
  const volume = median(n);
  const unit = volume / constants.mean;
  const found = sizes(table, ordered, windows, common.plans);
  return {
    column,
    part,
    effect: norm(gap, ordered),
    volume,
    unit,
    noise: constants,
    widening: widening(sides, shared, ordered),
    sampling: sampling(contrast, n, volume),
    between: between(contrast, places(windows.position, used), growth(sides.before, sides.after, ordered)),
    logLikelihood: likelihood(found, unit, volume, constants),
    caution: windows.timeless ? 1 : Math.min(1, (found.plan.available / FULL_STRENGTH) ** 2),
    covered,
  };
}

function likelihood({ plan, squares, sampling }: Sizes, unit: number, volume: number, constants: Noise): Float64Array {
  const total = new Float64Array(N_GRID);
  for (const [j, b] of plan.between.entries()) {
    const s = (sampling[j] as number) * volume;
    const logs = (plan.logVariance[j] as LogVariance).at(s);
    addLogLikelihood(total, (squares[j] as number) * unit, { s, b, logs }, constants);
  }
  return total;
}

function picked(from: Float64Array, places: Int32Array): Float64Array {
  const out = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) out[i] = from[places[i] as number] as number;
  return out;
}

function median(n: Float64Array): number {
  const sorted = n.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

export function summed({ counts, k, n }: Table, buckets: Int32Array): { sums: Float64Array; n: number } {
  const sums = new Float64Array(k);
  let rows = 0;
  for (const d of buckets) {
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
  let total = 0;
  for (const size of sizes) total += size;
  return total > 0 ? sizes.map((size) => size / total) : sizes;
}

/** How much more buckets may vary at the shares `after`: what is rare varies by a factor. */
export function growth(before: Float64Array, after: Float64Array, ordered: boolean): number {
  const [from, to] = [before, after].map((shares) => largestVariance(toShares(shares), ordered) + RARE);
  return Math.max((to as number) / (from as number), 1);
}

/** How much larger the noise is if each window has its own shares, and not the pooled ones. */
function widening({ before, after, nBefore, nAfter }: Sides, shared: Float64Array, ordered: boolean): number {
  const apart =
    largestVariance(toShares(before), ordered) / nBefore + largestVariance(toShares(after), ordered) / nAfter;
  const together = largestVariance(shared, ordered) * (1 / nBefore + 1 / nAfter);
  return together > 0 ? Math.sqrt(Math.max(apart / together, 1)) : 1;
}
