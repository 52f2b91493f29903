// Counts by bucket and cell, and the shares of any window against a reference, like for like.

import type { Range } from "../shared/axis";

export type { Range } from "../shared/axis";

export class Table {
  /** Shares of the reference, with the seasons of the window last compared. */
  readonly p: Float64Array;
  /** Shares of the window last compared. */
  readonly q: Float64Array;
  private readonly before: Float64Array; // sums over the buckets before one: any window is two look-ups a cell
  private readonly rows: Float64Array; // by bucket
  private readonly bySeason: Float64Array; // the reference's cells, season after season
  private readonly seasonRows: Float64Array;
  private readonly weights: Float64Array;
  private readonly pooled: Float64Array;
  private referenceRows = 0;

  /** `counts` holds `width` cells a bucket; `season` is each bucket's label. */
  constructor(
    private readonly counts: Float64Array,
    readonly width: number,
    private readonly season: Int32Array,
  ) {
    this.before = sumsBefore(counts, width);
    this.rows = rowsByBucket(counts, width);
    const seasons = 1 + season.reduce((most, label) => Math.max(most, label), 0);
    this.bySeason = new Float64Array(seasons * width);
    this.seasonRows = new Float64Array(seasons);
    this.weights = new Float64Array(seasons);
    this.pooled = new Float64Array(width);
    this.p = new Float64Array(width);
    this.q = new Float64Array(width);
  }

  /** Rows of the window in the cells from `from` up to `to`. */
  sum([start, end]: Range, from = 0, to = this.width): number {
    const { before, width } = this;
    let sum = 0;
    for (let cell = from; cell < to; cell++) {
      sum += (before[end * width + cell] as number) - (before[start * width + cell] as number);
    }
    return sum;
  }

  /** Take `reference` as what windows are compared with from now on. */
  compareWith([start, end]: Range): void {
    const { counts, width, bySeason, seasonRows, season, rows, pooled } = this;
    bySeason.fill(0);
    seasonRows.fill(0);
    for (let bucket = start; bucket < end; bucket++) {
      const label = season[bucket] as number;
      (seasonRows[label] as number) += rows[bucket] as number;
      for (let cell = 0; cell < width; cell++) {
        (bySeason[label * width + cell] as number) += counts[bucket * width + cell] as number;
      }
    }
    this.referenceRows = this.sum([start, end]);
    for (let cell = 0; cell < width; cell++) pooled[cell] = this.sum([start, end], cell, cell + 1);
  }

  /** Fill `p` and `q` for a window; false, and shares of 0, where a side has no rows. */
  compare(window: Range): boolean {
    const { before, width, p, q } = this;
    const total = this.sum(window);
    p.fill(0);
    q.fill(0);
    if (total === 0 || this.referenceRows === 0) return false;
    for (let cell = 0; cell < width; cell++) {
      q[cell] = ((before[window[1] * width + cell] as number) - (before[window[0] * width + cell] as number)) / total;
    }
    if (!this.weigh(window, total)) addScaled(p, this.pooled, 0, 1 / this.referenceRows);
    else for (const [label, weight] of this.weights.entries()) addScaled(p, this.bySeason, label * width, weight);
    return true;
  }

  /** Fill what a row of each season counts for; false where the reference lacks a season of the window. */
  private weigh([start, end]: Range, total: number): boolean {
    const { weights, season, rows, seasonRows } = this;
    if (weights.length === 1) return false;
    weights.fill(0);
    for (let bucket = start; bucket < end; bucket++) {
      (weights[season[bucket] as number] as number) += (rows[bucket] as number) / total;
    }
    for (let label = 0; label < weights.length; label++) {
      if (weights[label] === 0) continue;
      if (seasonRows[label] === 0) return false;
      (weights[label] as number) /= seasonRows[label] as number;
    }
    return true;
  }
}

function addScaled(out: Float64Array, cells: Float64Array, at: number, factor: number): void {
  if (factor === 0) return;
  for (let cell = 0; cell < out.length; cell++) (out[cell] as number) += factor * (cells[at + cell] as number);
}

function sumsBefore(counts: Float64Array, width: number): Float64Array {
  const out = new Float64Array(counts.length + width);
  for (let i = 0; i < counts.length; i++) out[i + width] = (out[i] as number) + (counts[i] as number);
  return out;
}

function rowsByBucket(counts: Float64Array, width: number): Float64Array {
  const out = new Float64Array(width === 0 ? 0 : counts.length / width);
  for (let i = 0; i < counts.length; i++) (out[Math.floor(i / width)] as number) += counts[i] as number;
  return out;
}
