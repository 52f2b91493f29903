// From shares of bins of unequal width to shapes that can be drawn: a curve, bars at single values, open tails.

import { type Numbers, type Pair, type Single, singles, sumOf } from "./bins";
import { slopes } from "./path";
import { roundStep } from "./scale";

/** Bins from `bin` up to `to` drawn as a bar. */
export interface Bar {
  readonly bin: number;
  readonly to: number;
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
const OUTSTANDING = 4; // times the usual share of a single value
const MOST_FREQUENT = 4;

const at = (values: Numbers, i: number) => values[i] as number;
const larger = ({ p, q }: Pair, { bin, to }: { bin: number; to: number }) =>
  Math.max(sumOf(p, bin, to), sumOf(q, bin, to));
const mean = ({ p, q }: Pair, from: number, to: number) => (sumOf(p, from, to) + sumOf(q, from, to)) / 2;

/** Returns how to draw shares `p` and `q` of the bins between `edges`; equal edges hold a single value. */
export function shapeOf(edges: readonly number[], pair: Pair, points = POINTS): Shape {
  const bins = edges.length - 1;
  const single = singles(edges);
  const tails = outer(edges, pair);
  const held = single.reduce((sum, { bin, to }) => sum + mean(pair, bin, to), 0);
  const inside = mean(pair, 0, bins) - tails.reduce((sum, bin) => sum + mean(pair, bin, bin + 1), 0);
  const gap = leastGap(single);
  const spread = (single.at(-1)?.value ?? 0) - (single[0]?.value ?? 0);
  const few = single.length === 1 || (single.length > 1 && spread / gap < MOST_BARS);
  return few && held >= MOSTLY * inside
    ? barsOf(edges, pair, single, tails)
    : curveOf(edges, pair, single, tails, points);
}

/** The outer bins that stand beside the plot. */
function outer(edges: readonly number[], { p, q }: Pair): number[] {
  const last = edges.length - 2;
  return (last > 0 ? [0, last] : []).filter((bin) => {
    const flat = at(edges, bin + 1) === at(edges, bin);
    return Math.abs(at(q, bin) - at(p, bin)) > MUCH || (flat && Math.max(at(p, bin), at(q, bin)) > SOME);
  });
}

const leastGap = (single: readonly Single[]) =>
  single.slice(1).reduce((least, { value }, i) => Math.min(least, value - (single[i] as Single).value), Infinity);

const beside = (tails: readonly number[]) => ({
  below: tails.includes(0) ? 0 : null,
  above: tails.find((bin) => bin > 0) ?? null,
});

function barsOf(edges: readonly number[], pair: Pair, single: readonly Single[], tails: readonly number[]): Shape {
  const gap = leastGap(single);
  const half = Number.isFinite(gap) ? gap / 2 : Math.max(Math.abs(single[0]?.value ?? 0) * 0.05, 0.5);
  const bars = single.map(({ bin, to, value }): Bar => ({ bin, to, left: value - half, right: value + half }));
  const between = betweenSingles(edges, single, half).filter(
    (bar) => !tails.includes(bar.bin) && larger(pair, bar) > 0 && bar.right - bar.left > half / 8,
  );
  const all = [...bars, ...between].sort((a, b) => a.bin - b.bin);
  const low = all.reduce((least, bar) => Math.min(least, bar.left), Infinity);
  const high = all.reduce((most, bar) => Math.max(most, bar.right), -Infinity);
  const none = new Float64Array(0);
  return { xs: none, p: none, q: none, unit: 0, bars: all, low, high, ...beside(tails) };
}

/** What is left of the other bins once single values have taken their bars. */
function betweenSingles(edges: readonly number[], single: readonly Single[], half: number): Bar[] {
  const starts = new Set(single.map(({ bin }) => bin));
  const ends = new Set(single.map(({ to }) => to));
  const inSingle = (bin: number) => single.some((one) => bin >= one.bin && bin < one.to);
  const wide = Array.from({ length: edges.length - 1 }, (_, bin) => bin).filter((bin) => !inSingle(bin));
  return wide.map((bin) => ({
    bin,
    to: bin + 1,
    left: at(edges, bin) + (ends.has(bin) ? half : 0),
    right: at(edges, bin + 1) - (starts.has(bin + 1) ? half : 0),
  }));
}

function curveOf(
  edges: readonly number[],
  pair: Pair,
  single: readonly Single[],
  tails: readonly number[],
  points: number,
): Shape {
  const last = edges.length - 2;
  const { below, above } = beside(tails);
  const low = at(edges, below === null ? 0 : 1);
  const end = at(edges, above === null ? last + 1 : last);
  const high = end > low ? end : low + 1;
  const unit = roundStep(high - low, points);
  const n = Math.max(3, Math.round((high - low) / unit));
  const xs = Float64Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n);
  const sizes = single.map((one) => larger(pair, one)).sort((a, b) => a - b);
  const outstanding = Math.max(
    FREQUENT,
    OUTSTANDING * (sizes[Math.floor(sizes.length / 2)] ?? 0) * (sizes.length > 2 ? 1 : 0),
  );
  const frequent = single.filter((one) => larger(pair, one) >= outstanding);
  const own = frequent.length <= MOST_FREQUENT ? frequent : [];
  const folded = single.filter((one) => !own.includes(one));
  const taken = new Set([
    ...tails,
    ...single.flatMap(({ bin, to }) => Array.from({ length: to - bin }, (_, i) => bin + i)),
  ]);
  const density = (shares: Numbers) => {
    const curve = sharesAround(xs, unit, cumulated(edges, shares, taken));
    for (const { bin, to, value } of folded) addTriangle(curve, xs, value, sumOf(shares, bin, to), unit);
    return curve;
  };
  const bars = own.map(({ bin, to, value }) => ({ bin, to, left: value, right: value }));
  return { xs, p: density(pair.p), q: density(pair.q), unit, bars, low, high, below, above };
}

/** Adds a single value's rows, spread over one unit, to the shares around each point. */
function addTriangle(curve: Float64Array, xs: Float64Array, value: number, share: number, unit: number): void {
  const step = at(xs, 1) - at(xs, 0);
  const first = Math.max(0, Math.ceil((value - unit - at(xs, 0)) / step));
  const last = Math.min(xs.length - 1, Math.floor((value + unit - at(xs, 0)) / step));
  for (let i = first; i <= last; i++) (curve[i] as number) += share * (1 - Math.abs(at(xs, i) - value) / unit);
}

interface Cumulated {
  readonly xs: number[];
  readonly ys: number[];
  readonly slope: Float64Array;
}

/** The cumulated shares of the bins that are not `taken`, at the distinct edges, with a monotone cubic between them. */
function cumulated(edges: readonly number[], shares: Numbers, taken: ReadonlySet<number>): Cumulated {
  const xs = [at(edges, 0)];
  const ys = [0];
  let sum = 0;
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    if (!taken.has(bin)) sum += at(shares, bin);
    if (at(edges, bin + 1) > at(xs, xs.length - 1)) {
      xs.push(at(edges, bin + 1));
      ys.push(sum);
    } else ys[ys.length - 1] = sum;
  }
  return { xs, ys, slope: slopes(xs, ys) };
}

function sharesAround(xs: Float64Array, unit: number, sums: Cumulated): Float64Array {
  if (sums.xs.length < 2) return new Float64Array(xs.length);
  const [from, to] = [at(xs, 0), at(xs, xs.length - 1)];
  const lower = reader(sums);
  const upper = reader(sums);
  return xs.map((x) => {
    const [start, end] = [Math.max(from, x - unit / 2), Math.min(to, x + unit / 2)];
    return ((upper(end) - lower(start)) / (end - start)) * unit;
  });
}

/** Returns a function that reads the cumulated shares at values that never decrease. */
function reader({ xs, ys, slope }: Cumulated): (x: number) => number {
  let i = 0;
  return (x) => {
    while (i + 2 < xs.length && at(xs, i + 1) <= x) i++;
    const width = at(xs, i + 1) - at(xs, i);
    const t = Math.min(1, Math.max(0, (x - at(xs, i)) / width));
    const rise = at(ys, i + 1) - at(ys, i);
    const [m0, m1] = [at(slope, i) * width, at(slope, i + 1) * width];
    return at(ys, i) + t * (m0 + t * (3 * rise - 2 * m0 - m1 + t * (m0 + m1 - 2 * rise)));
  };
}
