// From shares of bins of unequal width to shapes that can be drawn: a curve, bars at single values, open tails.

import { slopes } from "./path";
import { roundStep } from "./scale";

type Numbers = ArrayLike<number>;

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
  /** An outer bin that holds far more or fewer rows than before: its values may lie anywhere beyond the edge. */
  readonly below: number | null;
  readonly above: number | null;
}

const MOSTLY = 0.95;
const POINTS = 36;
const MUCH = 0.04;

const at = (values: Numbers, i: number) => values[i] as number;
const last = (edges: Numbers) => at(edges, edges.length - 1);

/** Whether a bin holds one value: its edges are equal, but for what rounding left. */
export const isSingle = (edges: readonly number[], bin: number) =>
  at(edges, bin + 1) - at(edges, bin) <= 1e-9 * (last(edges) - at(edges, 0));

/** Returns how to draw shares `p` and `q` of the bins between `edges`; equal edges hold a single value. */
export function shapeOf(edges: readonly number[], pair: Pair): Shape {
  const bins = Math.max(0, edges.length - 1);
  const single = Array.from({ length: bins }, (_, bin) => isSingle(edges, bin));
  const held = single.reduce((sum, is, bin) => (is ? sum + (at(pair.p, bin) + at(pair.q, bin)) / 2 : sum), 0);
  return held >= MOSTLY || bins < 3 ? barsOf(edges, pair, single) : curveOf(edges, pair, single);
}

function barsOf(edges: readonly number[], pair: Pair, single: readonly boolean[]): Shape {
  const values = edges.filter((_, bin) => single[bin]);
  const gap = values.slice(1).reduce((least, value, i) => Math.min(least, value - at(values, i)), Infinity);
  const [start = 0, end = 0] = [edges[0], edges.at(-1)];
  const half = Number.isFinite(gap) ? gap / 2 : Math.max(Math.abs(start) * 0.05, (end - start) / 4, 0.5);
  const bars: Bar[] = [];
  for (let bin = 0; bin < single.length; bin++) {
    const [left, right] = [at(edges, bin), at(edges, bin + 1)];
    if (single[bin]) bars.push({ bin, left: left - half, right: left + half });
    else if (at(pair.p, bin) + at(pair.q, bin) > 0) bars.push(between(bin, left, right, half, single));
  }
  const low = bars.reduce((least, bar) => Math.min(least, bar.left), start);
  const high = bars.reduce((most, bar) => Math.max(most, bar.right), end);
  const none = new Float64Array(0);
  return { xs: none, p: none, q: none, unit: 0, bars, low, high: high > low ? high : low + 1, below: null, above: null };
}

/** A bin between two single values, or beyond the last one, where it stands beside its neighbour's bar. */
function between(bin: number, left: number, right: number, half: number, single: readonly boolean[]): Bar {
  const from = single[bin - 1] ? left + half : left;
  const to = single[bin + 1] ? right - half : right;
  if (to > from) return { bin, left: from, right: to };
  if (bin === 0) return { bin, left: to - 2 * half, right: to };
  if (bin === single.length - 1) return { bin, left: from, right: from + 2 * half };
  const middle = (left + right) / 2;
  return { bin, left: middle - half / 4, right: middle + half / 4 };
}

function curveOf(edges: readonly number[], pair: Pair, single: readonly boolean[]): Shape {
  const final = single.length - 1;
  const open = (bin: number) => !single[bin] && Math.abs(at(pair.q, bin) - at(pair.p, bin)) > MUCH;
  const below = open(0) ? 0 : null;
  const above = open(final) ? final : null;
  const low = at(edges, below === null ? 0 : 1);
  const high = at(edges, above === null ? final + 1 : final);
  const unit = roundStep(high - low, POINTS);
  const inside = (bin: number) => !single[bin] && bin !== below && bin !== above;
  const points = Math.max(3, Math.round((high - low) / unit));
  const xs = Float64Array.from({ length: points + 1 }, (_, i) => low + ((high - low) * i) / points);
  const density = (shares: Numbers) => sharesAround(xs, unit, cumulated(edges, shares, inside));
  const bars = single.flatMap((is, bin) => (is ? [{ bin, left: at(edges, bin), right: at(edges, bin) }] : []));
  return { xs, p: density(pair.p), q: density(pair.q), unit, bars, low, high, below, above };
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
  const beyond = isSingle(edges, bin) ? 0 : bin === 0 ? -1 : bin === edges.length - 2 ? 1 : 0;
  return { value: left + (right - left) * part, beyond };
}
