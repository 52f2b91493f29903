// The rows of one segment as sums by bucket, and what any window of them adds up to.
import type { Sums } from "../../contract/performance";
import type { ScoreCells, Tally } from "./tally";

/** How many counts each bucket has. */
export const widthOf = ({ n_confusion: k, cells }: Sums) =>
  k * k + cells.reduce((all, means) => all + 2 * means.length, 0);

/** How much the rows of a bucket count. */
export type Weigh = (bucket: number) => number;

/** Adds up windows. */
export class BucketSums {
  private readonly width: number;

  /** `counts` holds `widthOf` counts a bucket, `labelled` the rows of each bucket that can be measured. */
  constructor(
    private readonly sums: Sums,
    private readonly counts: Float64Array,
    readonly labelled: ArrayLike<number>,
  ) {
    this.width = widthOf(sums);
  }

  /** What the rows of some buckets add up to. */
  tally(buckets: Iterable<number>, weigh: Weigh = () => 1): Tally {
    const { width, counts, labelled, sums } = this;
    const cells = new Float64Array(width);
    const totals = new Float64Array(sums.totals.length);
    let n = 0;
    for (const bucket of buckets) {
      const weight = weigh(bucket);
      n += weight * (labelled[bucket] as number);
      for (let cell = 0, at = bucket * width; cell < width; cell++, at++)
        cells[cell] = (cells[cell] as number) + weight * (counts[at] as number);
      for (const [place, by] of sums.by_bucket.entries())
        totals[place] = (totals[place] as number) + weight * (by[bucket] as number);
    }
    return {
      n,
      ...this.split(cells),
      totals: Object.fromEntries(sums.totals.map((name, i) => [name, totals[i] ?? 0])),
    };
  }

  private split(cells: Float64Array): Pick<Tally, "confusion" | "classes" | "scores"> {
    const classes = this.sums.n_confusion;
    let at = classes ** 2;
    const next = (length: number) => {
      at += length;
      return cells.subarray(at - length, at);
    };
    const scores = this.sums.cells.map(
      (means): ScoreCells => ({
        means: Float64Array.from(means),
        hits: next(means.length),
        misses: next(means.length),
      }),
    );
    return { confusion: cells.subarray(0, classes ** 2), classes, scores };
  }
}
