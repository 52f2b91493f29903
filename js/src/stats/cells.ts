// What is judged: a column's counts by time bucket, and the two windows that are compared.

/** One column at its decision bins: `k` bins a bucket, then null, NaN, infinite and unseen. */
export interface Cells {
  /** D × (k + 4), bucket by bucket. */
  readonly counts: Float64Array;
  readonly k: number;
  readonly ordered: boolean;
  /** Width of each bin in robust standard deviations; null for categories. */
  readonly widths: Float64Array | null;
  /** The bin of a reference's rare categories, if any: unseen ones count as one of them. */
  readonly pooled: number | null;
}

/** Two sets of buckets, and where each bucket stands in time. */
export interface Windows {
  readonly reference: Int32Array;
  readonly current: Int32Array;
  /** Place of each of the D buckets on the regular grid, gaps counted. */
  readonly position: Int32Array;
  /** Season label of each bucket; all equal without a season. */
  readonly season: Int32Array;
  /** One bucket a side because time is unknown: rows are taken as independent. */
  readonly timeless: boolean;
}

export const SPECIALS = 4;

/** Counts of one part of a column, bucket by bucket, with the rows of each bucket. */
export interface Table {
  readonly counts: Float64Array;
  readonly k: number;
  readonly n: Float64Array;
}

function table(counts: Float64Array, k: number): Table {
  const n = new Float64Array(k ? counts.length / k : 0);
  for (let d = 0, at = 0; d < n.length; d++) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += counts[at++] as number;
    n[d] = sum;
  }
  return { counts, k, n };
}

/** Makes what follows from a column's counts once, however many windows are compared. */
function once<From extends object, T>(make: (from: From) => T): (from: From) => T {
  const known = new WeakMap<From, { made: T }>();
  return (from) => {
    const found = known.get(from) ?? { made: make(from) };
    known.set(from, found);
    return found.made;
  };
}

/** All cells of a column. */
export const rows = once((cells: Cells): Table => table(cells.counts, cells.k + SPECIALS));

/** What has a value: the bins, and for categories the unseen ones as a last cell. */
export const values = once((cells: Cells): Table => {
  const { counts, k, ordered, pooled } = cells;
  const width = k + SPECIALS;
  const wide = ordered ? k : k + 1;
  const days = counts.length / width;
  const kept = new Float64Array(days * wide);
  for (let d = 0; d < days; d++) {
    kept.set(counts.subarray(d * width, d * width + k), d * wide);
    if (ordered) continue;
    const at = d * wide + (pooled ?? k);
    kept[at] = (kept[at] as number) + (counts[d * width + k + 3] as number);
  }
  return table(kept, wide);
});

/** Shares of the cells in each bucket, D × k; 0 in a bucket without rows. */
export const bucketShares = once(({ counts, k, n }: Table): Float64Array => {
  const shares = new Float64Array(counts.length);
  for (let at = 0; at < shares.length; at++) {
    const rows = n[Math.floor(at / k)] as number;
    if (rows) shares[at] = (counts[at] as number) / rows;
  }
  return shares;
});

/** Tells tables with rows in the same buckets from others. */
export const occupied = once(({ n }: Table): string => Array.from(n, (rows) => (rows > 0 ? "1" : "0")).join(""));

/** Rows with a value, missing (null or NaN) and infinite. */
export const presence = once((cells: Cells): Table => {
  const { counts, k, ordered } = cells;
  const width = k + SPECIALS;
  const days = counts.length / width;
  const kept = new Float64Array(days * 3);
  for (let d = 0; d < days; d++) {
    const at = d * width;
    let present = ordered ? 0 : (counts[at + k + 3] as number);
    for (let i = 0; i < k; i++) present += counts[at + i] as number;
    kept[d * 3] = present;
    kept[d * 3 + 1] = (counts[at + k] as number) + (counts[at + k + 1] as number);
    kept[d * 3 + 2] = counts[at + k + 2] as number;
  }
  return table(kept, 3);
});

/** Whether any row of any bucket lacks a finite value. */
export const hasGaps = once((cells: Cells): boolean => {
  const { counts, k } = cells;
  const width = k + SPECIALS;
  for (let at = k; at < counts.length; at += width) {
    if (counts[at] || counts[at + 1] || counts[at + 2]) return true;
  }
  return false;
});
