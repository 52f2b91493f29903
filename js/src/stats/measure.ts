// Every distance of every column between two windows, like for like: fast enough to follow a dragged brush.
import { type Cells, hasGaps, rows, type Table, values, type Windows } from "./cells";
import * as distances from "./distances";

/** One column's plain distances; null where a side has no value or the distance is not defined for its kind. */
export interface Measures {
  /** Share of rows that moved, 0 to 1. */
  readonly effect: number | null;
  readonly ks: number | null;
  readonly psi: number | null;
  readonly js: number | null;
  readonly hellinger: number | null;
  readonly totalVariation: number | null;
  readonly lInfinity: number | null;
  readonly chiSquared: number | null;
  readonly wasserstein: number | null;
  readonly nullShareReference: number | null;
  readonly nullShareCurrent: number | null;
  readonly unseenShare: number | null;
  readonly nReference: number;
  readonly nCurrent: number;
  /** Shares of the bins among rows with a value; `p` is the reference reweighted to the current seasons. */
  readonly p: Float64Array;
  readonly q: Float64Array;
}

interface Shares {
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly nReference: number;
  readonly nCurrent: number;
}

/** Rows that a window holds in each season. */
function bySeason({ n }: Table, buckets: Int32Array, season: (d: number) => number): Map<number, number> {
  const sums = new Map<number, number>();
  for (const d of buckets) sums.set(season(d), (sums.get(season(d)) ?? 0) + (n[d] as number));
  return sums;
}

function total(sums: Map<number, number>): number {
  let sum = 0;
  for (const n of sums.values()) sum += n;
  return sum;
}

/** The labels by which like is compared with like: the seasons, or one label if the reference lacks one of them. */
export function seasonOf({ n }: Table, windows: Windows): { season: (d: number) => number; covered: boolean } {
  const label = (d: number) => windows.season[d] as number;
  const seen = new Set<number>();
  for (const d of windows.reference) if (n[d]) seen.add(label(d));
  const covered = windows.current.every((d) => !n[d] || seen.has(label(d)));
  return { season: covered ? label : () => 0, covered };
}

/** Weight of each reference bucket's rows, for the reference to have the current window's seasons. */
export function likeForLike(table: Table, windows: Windows) {
  const { season, covered } = seasonOf(table, windows);
  const before = bySeason(table, windows.reference, season);
  const after = bySeason(table, windows.current, season);
  const nCurrent = total(after);
  const weight = (d: number) => {
    const label = season(d);
    const here = before.get(label) ?? 0;
    return here && nCurrent ? (after.get(label) ?? 0) / nCurrent / here : 0;
  };
  return { weight, nReference: total(before), nCurrent, covered };
}

function shares(table: Table, windows: Windows): Shares {
  const { weight, nReference, nCurrent } = likeForLike(table, windows);
  const { counts, k } = table;
  const p = new Float64Array(k);
  const q = new Float64Array(k);
  for (const d of windows.reference) {
    const w = weight(d);
    if (w) for (let i = 0, at = d * k; i < k; i++) p[i] = (p[i] as number) + w * (counts[at + i] as number);
  }
  for (const d of windows.current) {
    for (let i = 0, at = d * k; i < k; i++) q[i] = (q[i] as number) + (counts[at + i] as number);
  }
  if (nCurrent) for (let i = 0; i < k; i++) q[i] = (q[i] as number) / nCurrent;
  return { p, q, nReference, nCurrent };
}

function psi(cells: Cells, all: Shares, p: Float64Array): number {
  const { k, ordered } = cells;
  const groups = ordered ? distances.psiGroups(p) : null;
  const merge = (from: Float64Array, n: number) => {
    const sums = new Map<number, number>();
    for (let i = 0; i < k; i++) {
      const group = groups ? (groups[i] as number) : i;
      sums.set(group, (sums.get(group) ?? 0) + n * (from[i] as number));
    }
    const missing = (from[k] as number) + (from[k + 1] as number);
    const odd = (from[k + 2] as number) + (from[k + 3] as number);
    return [...sums.values(), n * missing, n * odd];
  };
  return distances.psi(merge(all.p, all.nReference), merge(all.q, all.nCurrent));
}

function valueShares(all: Shares, { ordered, k }: Cells): Shares {
  const pick = (from: Float64Array) => {
    const picked = from.slice(0, ordered ? k : k + 1);
    if (!ordered) picked[k] = from[k + 3] as number;
    return picked;
  };
  return { ...all, p: pick(all.p), q: pick(all.q) };
}

/** Change of the shares of rows with a value, missing and infinite. */
function absence({ p, q }: Shares, k: number): number {
  const change = (i: number) => (q[i] as number) - (p[i] as number);
  const missing = change(k) + change(k + 1);
  const infinite = change(k + 2);
  return (Math.abs(missing) + Math.abs(infinite) + Math.abs(missing + infinite)) / 2;
}

/** The share of unseen categories among rows with a value. */
function unseenShare(rows: Float64Array, k: number): number {
  const unseen = rows[k + 3] as number;
  let bins = 0;
  for (let i = 0; i < k; i++) bins += rows[i] as number;
  return unseen / (bins + unseen);
}

/** One column's plain distances. */
export function measureOne(cells: Cells, windows: Windows): Measures {
  const { k, ordered, widths } = cells;
  const gaps = hasGaps(cells);
  const all = shares(rows(cells), windows);
  const direct = !gaps && cells.pooled === null;
  const some = direct ? valueShares(all, cells) : shares(values(cells), windows);
  const { p, q, nReference, nCurrent } = some;
  const known = nReference > 0 && nCurrent > 0;
  const both = all.nReference > 0 && all.nCurrent > 0;
  const at = <T>(f: () => T): T | null => (known ? f() : null);
  const ks = at(() => (ordered ? distances.ks(p, q) : null));
  const totalVariation = at(() => distances.totalVariation(p, q));
  const inner = ordered ? ks : totalVariation;
  const outer = both && gaps ? absence(all, k) : null;
  const missing = (from: Float64Array) => (from[k] as number) + (from[k + 1] as number);
  return {
    effect: inner === null || outer === null ? (inner ?? outer) : Math.max(inner, outer),
    ks,
    psi: both ? psi(cells, all, p) : null,
    js: at(() => distances.jensenShannon(p, q)),
    hellinger: at(() => distances.hellinger(p, q)),
    totalVariation,
    lInfinity: at(() => distances.lInfinity(p, q)),
    chiSquared: at(() => distances.chiSquared(p, q, nReference, nCurrent)),
    wasserstein: at(() => (widths ? distances.wasserstein(p, q, widths) : null)),
    nullShareReference: all.nReference ? missing(all.p) : null,
    nullShareCurrent: all.nCurrent ? missing(all.q) : null,
    unseenShare: at(() => (ordered ? null : unseenShare(all.q, k))),
    nReference: all.nReference,
    nCurrent: all.nCurrent,
    p,
    q,
  };
}

/** The plain distances of every column. */
export function measure(columns: readonly Cells[], windows: Windows): Measures[] {
  return columns.map((cells) => measureOne(cells, windows));
}
