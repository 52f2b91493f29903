// How large the placebos of a column are. They stay while the windows move whose buckets they do not rest on.
import { bucketShares, occupied, type Table, type Windows } from "./cells";
import { type Placebos, placebos } from "./contrasts";
import { norm } from "./noise";
import { between, LogVariance } from "./placebo";

/** The placebos of every column with rows in the same buckets. */
export interface Plan extends Placebos {
  /** How each placebo varies by its buckets, over the grid. */
  readonly between: readonly Float64Array[];
  readonly logVariance: readonly LogVariance[];
}

/** A column's placebos. */
export interface Sizes {
  readonly plan: Plan;
  /** The squared norm of each. */
  readonly squares: Float64Array;
  /** The variance of each by sampling, for one row's noise. */
  readonly sampling: Float64Array;
}

interface Known extends Sizes {
  readonly windows: Windows;
}

const known = new WeakMap<Table, Known>();

/** Returns the placebos of one table; `plans` holds those of the tables before it. */
export function sizes(table: Table, ordered: boolean, windows: Windows, plans: Map<string, Plan>): Sizes {
  const before = known.get(table);
  if (before && isSame(before, windows)) return before;
  const plan = plans.get(occupied(table)) ?? planOf(table, windows);
  plans.set(occupied(table), plan);
  const now = { windows, plan, squares: squares(table, ordered, plan), sampling: sampling(table, plan) };
  known.set(table, now);
  return now;
}

function planOf(table: Table, windows: Windows): Plan {
  const found = placebos(windows, (d) => (table.n[d] as number) > 0);
  const spread = found.contrasts.map((contrast) => between(contrast, found.position));
  return { ...found, between: spread, logVariance: spread.map((b) => new LogVariance(b)) };
}

function isSame({ windows, plan }: Known, now: Windows): boolean {
  const { position, season, reference, current } = windows;
  return (
    position === now.position &&
    season === now.season &&
    areEqual(reference, now.reference) &&
    (!plan.short || areEqual(current, now.current))
  );
}

const areEqual = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((d, i) => d === b[i]);

function sampling({ n }: Table, { contrasts, buckets }: Plan): Float64Array {
  return Float64Array.from(contrasts, (contrast) => {
    let sum = 0;
    for (let u = 0; u < buckets.length; u++) sum += (contrast[u] as number) ** 2 / (n[buckets[u] as number] as number);
    return sum;
  });
}

const ABREAST = 4;

/** Squared norms, four contrasts at a time: each share is read once for all four. */
function squares(table: Table, ordered: boolean, { contrasts, buckets }: Plan): Float64Array {
  const { k } = table;
  const shares = bucketShares(table);
  const at = buckets.map((d) => d * k);
  const gaps = Array.from({ length: ABREAST }, () => new Float64Array(k));
  const out = new Float64Array(contrasts.length);
  for (let first = 0; first < contrasts.length; first += ABREAST) {
    const abreast = interleaved(contrasts, first, buckets.length);
    for (let cell = 0; cell < k; cell++) sumInto(gaps, cell, abreast, shares, at);
    for (let j = 0; j < ABREAST && first + j < out.length; j++)
      out[first + j] = norm(gaps[j] as Float64Array, ordered) ** 2;
  }
  return out;
}

function interleaved(contrasts: readonly Float64Array[], first: number, length: number): Float64Array {
  const out = new Float64Array(length * ABREAST);
  for (let j = 0; j < ABREAST; j++) {
    const contrast = contrasts[first + j];
    if (contrast) for (let u = 0; u < length; u++) out[u * ABREAST + j] = contrast[u] as number;
  }
  return out;
}

function sumInto(gaps: Float64Array[], cell: number, abreast: Float64Array, shares: Float64Array, at: Int32Array) {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let u = 0, i = 0; u < at.length; u++, i += ABREAST) {
    const share = shares[(at[u] as number) + cell] as number;
    a += (abreast[i] as number) * share;
    b += (abreast[i + 1] as number) * share;
    c += (abreast[i + 2] as number) * share;
    d += (abreast[i + 3] as number) * share;
  }
  [a, b, c, d].forEach((sum, j) => {
    (gaps[j] as Float64Array)[cell] = sum;
  });
}
