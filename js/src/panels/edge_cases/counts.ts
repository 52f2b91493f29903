// Counts by bucket, as Python packs them in `edges/windows.py`, and what they make of any window.

import type { Cells, Density, EdgeCasePayload, Series } from "../../contract/edges";
import type { Range } from "../shared/axis";
import { readCounts } from "../shared/counts";

const STEPS = 100; // of summed losses in one step of the loss axis
const CLASSES = [0.9, 0.99]; // outlier shares between which cells of one loss share their mean loss

/** The cells that have rows, bucket by bucket: those of bucket `i` stand from `starts[i]` up to `starts[i + 1]`. */
export interface Counts {
  readonly starts: Float64Array;
  readonly cell: Float64Array;
  readonly n: Float64Array;
  readonly labelled: Float64Array;
  readonly loss: Float64Array;
}

/** The counts of all rows, and of each slice; null where the payload has none. */
export interface AllCounts {
  readonly all: Counts | null;
  readonly slices: readonly (Counts | null)[];
}

const NONE: AllCounts = { all: null, slices: [] };

/** Returns the payload's counts: at once where there are none, since nothing is to be unpacked then. */
export function readAll({ density, slices, buckets }: EdgeCasePayload): AllCounts | Promise<AllCounts> {
  if (density.counts === null) return NONE;
  const size = buckets.starts_ms.length;
  const one = (text: string | null) => (text === null ? null : readBuckets(text, density, size));
  return Promise.all([one(density.counts), ...slices.map(({ counts }) => one(counts))]).then(
    ([all = null, ...rest]) => ({
      all,
      slices: rest,
    }),
  );
}

export async function readBuckets(text: string, density: Density, buckets: number): Promise<Counts> {
  const next = await readCounts(text);
  const places = next(1)[0] as number;
  const starts = startsOf(next(buckets));
  const cell = next(places);
  const n = next(places);
  const labelled = next(places).map((without, i) => (n[i] as number) - without);
  for (let bucket = 0; bucket < buckets; bucket++)
    for (let i = (starts[bucket] as number) + 1; i < (starts[bucket + 1] as number); i++)
      cell[i] = (cell[i] as number) + (cell[i - 1] as number);
  return { starts, cell, n, labelled, loss: losses({ starts, cell, labelled }, density, next) };
}

function startsOf(per: Float64Array): Float64Array {
  const starts = new Float64Array(per.length + 1);
  for (const [i, one] of per.entries()) starts[i + 1] = (starts[i] as number) + one;
  return starts;
}

/** The summed loss of each cell: its block's mean, for as many rows as have a label. */
function losses(
  { starts, cell, labelled }: Pick<Counts, "starts" | "cell" | "labelled">,
  { odd_edges, loss_edges }: Density,
  next: (length: number) => Float64Array,
): Float64Array {
  const width = loss_edges.length;
  const kind = odd_edges.map((edge) => CLASSES.filter((least) => edge >= least - 1e-9).length);
  const block = new Float64Array(cell.length);
  for (let bucket = 0; bucket + 1 < starts.length; bucket++)
    for (let i = starts[bucket] as number; i < (starts[bucket + 1] as number); i++) {
      const at = cell[i] as number;
      block[i] = (bucket * (CLASSES.length + 1) + (kind[Math.floor(at / width)] as number)) * width + (at % width);
    }
  const rows = new Float64Array(Math.max(0, ...block) + 1);
  for (const [i, place] of block.entries()) rows[place] = (rows[place] as number) + (labelled[i] as number);
  const told = next(rows.reduce((many, one) => many + (one > 0 ? 1 : 0), 0));
  let at = 0;
  const step = (loss_edges[1] as number) / STEPS;
  const mean = rows.map((one) => (one > 0 ? ((told[at++] as number) * step) / one : 0));
  return labelled.map((one, i) => (mean[block[i] as number] as number) * one);
}

/** The cells of a half-open range of buckets. */
export function cellsBetween(counts: Counts, { odd_edges, loss_edges }: Density, [from, to]: Range): Cells {
  const size = odd_edges.length * loss_edges.length;
  const [n, labelled, loss] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const add = (sums: Float64Array, at: number, value: number) => {
    sums[at] = (sums[at] as number) + value;
  };
  for (let i = counts.starts[from] as number; i < (counts.starts[to] as number); i++) {
    const at = counts.cell[i] as number;
    add(n, at, counts.n[i] as number);
    add(labelled, at, counts.labelled[i] as number);
    add(loss, at, counts.loss[i] as number);
  }
  const cell = [...n.keys()].filter((at) => (n[at] as number) > 0);
  const pick = (sums: Float64Array) => cell.map((at) => sums[at] as number);
  return { cell, n: pick(n), n_labelled: pick(labelled), loss: pick(loss) };
}

/** A slice against all other rows of a window. */
export interface Contrast {
  /** Rows with a known loss. */
  readonly n: number;
  readonly mean: number | null;
  readonly elsewhere: number | null;
  readonly effect: number | null;
}

/** How much worse a slice does than the other rows of a half-open range of buckets. */
export function contrastBetween(whole: Series, part: Series, range: Range): Contrast {
  const [allN, allSum] = sums(whole, range);
  const [n, sum] = sums(part, range);
  const mean = n > 0 ? sum / n : null;
  const elsewhere = allN > n ? (allSum - sum) / (allN - n) : null;
  return { n, mean, elsewhere, effect: mean === null || elsewhere === null ? null : mean - elsewhere };
}

const total = (values: readonly number[], [from, to]: Range) => values.slice(from, to).reduce((a, b) => a + b, 0);

const sums = ({ compared_n, compared }: Series, range: Range) =>
  [total(compared_n, range), total(compared, range)] as const;

/** The mean loss of the rows of some buckets; null where none is known. */
export function meanBetween({ n, realized }: Series, range: Range): number | null {
  const known = realized.map((value, i) => (value === null ? 0 : (n[i] as number)));
  const rows = total(known, range);
  return rows === 0
    ? null
    : total(
        known.map((one, i) => one * (realized[i] ?? 0)),
        range,
      ) / rows;
}
