// From the payload's text to each column's counts.

import type { Column, DriftPayload } from "../../contract/drift";
import { readCounts } from "../shared/counts";

/** After its bins a column has four more cells: null, NaN, infinite, unseen. */
export const SPECIALS = 4;

export const binsOf = (column: { ordered: boolean; edges: readonly number[]; labels: readonly string[] }) =>
  column.ordered ? Math.max(0, column.edges.length - 1) : column.labels.length;

/** Returns the counts and edges of the reference's own bins: those cut beyond its range are part of its outer ones. */
export function ownBins({ beyond, ordered, edges, labels }: Column, counts: Float64Array) {
  const [below, above] = beyond;
  if (below + above === 0) return { counts, edges };
  const width = binsOf({ ordered, edges, labels }) + SPECIALS;
  const last = width - SPECIALS - below - above - 1;
  const own = new Float64Array((counts.length / width) * (width - below - above));
  for (let i = 0; i < counts.length; i++) {
    const cell = i % width;
    const to = cell < width - SPECIALS ? Math.max(0, Math.min(last, cell - below)) : cell - below - above;
    const at = Math.floor(i / width) * (width - below - above) + to;
    own[at] = (own[at] as number) + (counts[i] as number);
  }
  return { counts: own, edges: edges.slice(below, edges.length - above) };
}

/** Returns each column's counts, bucket after bucket, `binsOf(column) + SPECIALS` cells each. */
export async function decode(payload: DriftPayload): Promise<Float64Array[]> {
  const next = await readCounts(payload.counts);
  const buckets = payload.buckets.starts_ms.length;
  return payload.columns.map((column) => next(buckets * (binsOf(column) + SPECIALS)));
}
