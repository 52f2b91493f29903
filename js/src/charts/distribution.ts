// From shares of bins of unequal width to shapes that can be drawn: a curve, bars at single values, open tails.

import { slopes } from "./path";
import { roundStep } from "./scale";

type Numbers = ArrayLike<number>;

const at = (values: Numbers, i: number) => values[i] as number;

/** Whether a bin holds one value: its edges are equal. The outer bins are open, whatever their edges. */
export const isSingle = (edges: readonly number[], bin: number) =>
  bin > 0 && bin < edges.length - 2 && at(edges, bin + 1) - at(edges, bin) <= 1e-9 * (at(edges, edges.length - 1) - at(edges, 0));

/** Shares of a window and of what it is compared with, by bin. */
export interface Pair {
  readonly p: Numbers;
  readonly q: Numbers;
}

/** A bin drawn as a bar. */
export interface Bar {
  readonly bin: number;
  readonly left: number;
  readonly right: number;
}

export interface Shape {
  /** Value at each drawn point of the curve, and the share of rows within half a `unit` of it. */
  readonly xs: Float64Array;
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly unit: number; // 0: bars alone, whose height is their share
  readonly bars: readonly Bar[];
  readonly low: number;
  readonly high: number;
  /** An outer bin that stands beside the plot: its rows may lie anywhere beyond the edge. */
  readonly below: number | null;
  readonly above: number | null;
}

const MOSTLY = 0.95; // of the rows at single values: bars alone
const MOST_BARS = 60;
const POINTS = 36;
const MUCH = 0.04; // change of an outer bin's share from which it stands beside the plot
const SOME = 0.005; // the same for one without a width
const FREQUENT = 0.08; // share of a single value from which it keeps a bar of its own beside a curve
const MOST_FREQUENT = 4;

/** Returns how to draw shares `p` and `q` of the bins between `edges`; equal edges hold a single value. */
export function shapeOf(edges: readonly number[], pair: Pair): Shape {
  const bins = Math.max(0, edges.length - 1);
  const single = Array.from({ length: bins }, (_, bin) => bin).filter((bin) => isSingle(edges, bin));
  const held = single.reduce((sum, bin) => sum + (at(pair.p, bin) + at(pair.q, bin)) / 2, 0);
  const tails = outer(edges, pair);
  const inner = 1 - tails.reduce((sum, bin) => sum + (at(pair.p, bin) + at(pair.q, bin)) / 2, 0);
  const gap = leastGap(edges, single);
  const spread = at(edges, bins - 1) - at(edges, 1);
  const few = single.length > 0 && (single.length === 1 || spread / gap < MOST_BARS);
  return few && held >= MOSTLY * inner ? barsOf(edges, pair, single, gap) : curveOf(edges, pair, single);
}

/** The outer bins that stand beside the plot. */
function outer(edges: readonly number[], { p, q }: Pair): number[] {
  const bins = edges.length - 1;
  return [0, bins - 1].filter((bin) => {
    const flat = at(edges, bin + 1) === at(edges, bin);
    return Math.abs(at(q, bin) - at(p, bin)) > MUCH || (flat && Math.max(at(p, bin), at(q, bin)) > SOME);
  });
}

const leastGap = (edges: readonly number[], single: readonly number[]) =>
  single.slice(1).reduce((least, bin, i) => Math.min(least, at(edges, bin) - at(edges, at(single, i))), Infinity);

function barsOf(edges: readonly number[], pair: Pair, single: readonly number[], gap: number): Shape {
  const bins = edges.length - 1;
  const half = Number.isFinite(gap) ? gap / 2 : Math.max(Math.abs(at(edges, at(single, 0))) * 0.05, 0.5);
  const tails = outer(edges, pair);
  const alone = new Set(single);
  const bars: Bar[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const [left, right] = [at(edges, bin), at(edges, bin + 1)];
    if (alone.has(bin)) bars.push({ bin, left: left - half, right: left + half });
    else if (!tails.includes(bin) && at(pair.p, bin) + at(pair.q, bin) > 0) {
      const from = alone.has(bin - 1) ? left + half : left;
      const to = alone.has(bin + 1) ? right - half : right;
      if (to - from > half / 8) bars.push({ bin, left: from, right: to });
    }
  }
  const low = bars.reduce((least, bar) => Math.min(least, bar.left), Infinity);
  const high = bars.reduce((most, bar) => Math.max(most, bar.right), -Infinity);
  const none = new Float64Array(0);
  return { xs: none, p: none, q: none, unit: 0, bars, low, high, ...beside(tails) };
}

const beside = (tails: readonly number[]) => ({
  below: tails.includes(0) ? 0 : null,
  above: tails.find((bin) => bin > 0) ?? null,
});

function curveOf(edges: readonly number[], pair: Pair, single: readonly number[]): Shape {
  const final = edges.length - 2;
  const { below, above } = beside(outer(edges, pair));
  const low = at(edges, below === null ? 0 : 1);
  const end = at(edges, above === null ? final + 1 : final);
  const high = end > low ? end : low + 1;
  const unit = roundStep(high - low, POINTS);
  const points = Math.max(3, Math.round((high - low) / unit));
  const xs = Float64Array.from({ length: points + 1 }, (_, i) => low + ((high - low) * i) / points);
  const size = (bin: number) => Math.max(at(pair.p, bin), at(pair.q, bin));
  const frequent = single.filter((bin) => size(bin) >= FREQUENT);
  const own = frequent.length <= MOST_FREQUENT ? frequent : [];
  const folded = single.filter((bin) => !own.includes(bin));
  const wide = (bin: number) => !single.includes(bin) && bin !== below && bin !== above;
  const density = (shares: Numbers) => {
    const curve = sharesAround(xs, unit, cumulated(edges, shares, wide));
    for (const bin of folded) addTriangle(curve, xs, at(edges, bin), at(shares, bin), unit);
    return curve;
  };
  const bars = own.map((bin) => ({ bin, left: at(edges, bin), right: at(edges, bin) }));
  return { xs, p: density(pair.p), q: density(pair.q), unit, bars, low, high, below, above };
}

/** Adds a single value's rows, spread over one unit, to the shares around each point. */
function addTriangle(curve: Float64Array, xs: Float64Array, value: number, share: number, unit: number): void {
  const step = at(xs, 1) - at(xs, 0);
  const first = Math.max(0, Math.ceil((value - unit - at(xs, 0)) / step));
  const final = Math.min(xs.length - 1, Math.floor((value + unit - at(xs, 0)) / step));
  for (let i = first; i <= final; i++) (curve[i] as number) += share * (1 - Math.abs(at(xs, i) - value) / unit);
}

interface Cumulated {
  readonly xs: number[];
  readonly ys: number[];
  readonly slope: Float64Array;
}

/** The cumulated shares of the bins that `counts` says, at the distinct edges, with a monotone cubic between them. */
function cumulated(edges: readonly number[], shares: Numbers, counts: (bin: number) => boolean): Cumulated {
  const xs = [at(edges, 0)];
  const ys = [0];
  let sum = 0;
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    if (counts(bin)) sum += at(shares, bin);
    if (at(edges, bin + 1) > at(xs, xs.length - 1)) {
      xs.push(at(edges, bin + 1));
      ys.push(sum);
    } else ys[ys.length - 1] = sum;
  }
  return { xs, ys, slope: slopes(xs, ys) };
}

function sharesAround(xs: Float64Array, unit: number, sums: Cumulated): Float64Array {
  const [from, to] = [at(xs, 0), at(xs, xs.length - 1)];
  const read = reader(sums);
  const edge = Float64Array.from(xs, (x) => read(Math.max(from, x - unit / 2)));
  return xs.map((x, i) => {
    const width = Math.min(to, x + unit / 2) - Math.max(from, x - unit / 2);
    return ((read(Math.min(to, x + unit / 2)) - at(edge, i)) / width) * unit;
  });
}

/** Returns a function that reads the cumulated shares at values that never decrease by more than one unit. */
function reader({ xs, ys, slope }: Cumulated): (x: number) => number {
  let i = 0;
  return (x) => {
    while (i > 0 && at(xs, i) > x) i--;
    while (i + 2 < xs.length && at(xs, i + 1) <= x) i++;
    const width = at(xs, i + 1) - at(xs, i);
    const t = Math.min(1, Math.max(0, (x - at(xs, i)) / width));
    const rise = at(ys, i + 1) - at(ys, i);
    const [m0, m1] = [at(slope, i) * width, at(slope, i + 1) * width];
    return at(ys, i) + t * (m0 + t * (3 * rise - 2 * m0 - m1 + t * (m0 + m1 - 2 * rise)));
  };
}

/** A quantile, and whether it lies in an outer bin, beyond which nothing is known. */
export interface Quantile {
  readonly value: number;
  readonly beyond: -1 | 0 | 1;
}

/** Returns the value below which a share `level` of the rows lies, straight inside a bin. */
export function quantile(edges: readonly number[], shares: Numbers, level: number): Quantile | null {
  const bins = edges.length - 1;
  let total = 0;
  for (let bin = 0; bin < bins; bin++) total += at(shares, bin);
  if (!(total > 0)) return null;
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    const here = at(shares, bin) / total;
    if (sum + here >= level - 1e-12 && here > 0) return inside(edges, bin, Math.min(1, (level - sum) / here));
    sum += here;
  }
  return { value: at(edges, bins), beyond: 0 };
}

function inside(edges: readonly number[], bin: number, part: number): Quantile {
  const [left, right] = [at(edges, bin), at(edges, bin + 1)];
  const beyond = bin === 0 ? -1 : bin === edges.length - 2 ? 1 : 0;
  return { value: left + (right - left) * part, beyond };
}
