// Where labels are missing, read off the counts by bucket.

import type { Buckets } from "../../contract/edges";

const ARRIVING = 0.9; // of the usual share: at the end of the axis
const FEW = 0.5; // anywhere else, where some rows never get a label

export interface MissingLabels {
  /** Share of labels that are there, in buckets that have far fewer than usual; null elsewhere. */
  readonly immature: readonly (number | null)[];
  /** Whether they are missing at the end, as labels do that take their time. */
  readonly arriving: boolean;
}

const known = new WeakMap<Buckets, MissingLabels>();

/** Returns the last buckets whose labelled share is less than nine tenths of the usual, and any others below half. */
export function missingLabels(buckets: Buckets): MissingLabels {
  const found = known.get(buckets) ?? find(buckets);
  known.set(buckets, found);
  return found;
}

function find({ n_rows, n_labelled }: Buckets): MissingLabels {
  const shares = n_rows.map((rows, i) => (rows === 0 ? null : (n_labelled[i] ?? 0) / rows));
  const sorted = shares.filter((share) => share !== null).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const below = (share: number | null, part: number) => share === null || share < part * usual;
  const mature = shares.findLastIndex((share) => !below(share, ARRIVING)) + 1;
  const immature = shares.map((share, i) => (i >= mature || below(share, FEW) ? share : null));
  return { immature, arriving: immature.at(-1) != null };
}
