// One column over time: how far any window is from the reference, exactly, and fast enough to follow a drag.

import type { Column } from "../../contract/drift";
import { binsOf, SPECIALS } from "./decode";
import { type Range, Table } from "./table";

const UNSEEN = 3;

export interface Shares {
  readonly p: Float64Array; // the reference, like for like
  readonly q: Float64Array; // the window
}

export class Series {
  readonly bins: number;
  readonly ordered: boolean;
  private readonly values: Table; // the bins; for categories the unseen ones as one more
  private readonly beyond: readonly [number, number];
  private readonly presence: Table; // rows with a value, missing, infinite

  constructor(column: Column, counts: Float64Array, season: Int32Array) {
    this.ordered = column.ordered;
    this.bins = binsOf(column);
    this.beyond = column.beyond;
    const width = this.bins + SPECIALS;
    const cells = this.ordered ? this.bins : this.bins + 1;
    const buckets = counts.length / width;
    const values = new Float64Array(buckets * cells);
    const presence = new Float64Array(buckets * 3);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const row = counts.subarray(bucket * width, (bucket + 1) * width);
      const mine = values.subarray(bucket * cells, (bucket + 1) * cells);
      mine.set(row.subarray(0, this.bins));
      if (!this.ordered) {
        const at = column.pooled ?? this.bins;
        mine[at] = (mine[at] as number) + (row[this.bins + UNSEEN] as number);
      }
      const [empty = 0, nan = 0, infinite = 0] = row.subarray(this.bins);
      presence.set([mine.reduce((a, b) => a + b, 0), empty + nan, infinite], bucket * 3);
    }
    this.values = new Table(values, cells, season);
    this.presence = new Table(presence, 3, season);
  }

  compareWith(reference: Range): void {
    this.values.compareWith(reference);
    this.presence.compareWith(reference);
  }

  /** The share of rows that moved between the reference and the window, 0 to 1; null where a side has no rows. */
  effect(window: Range): number | null {
    const { values, presence } = this;
    const known = values.compare(window);
    if (!presence.compare(window)) return null;
    const outer = halfDifference(presence.p, presence.q);
    if (!known) return outer > 0 ? outer : null;
    return Math.max(
      outer,
      this.ordered ? largestGap(values.p, values.q, this.beyond) : halfDifference(values.p, values.q),
    );
  }

  /** Shares of the bins among the rows with a value, in new arrays. */
  shares(window: Range): Shares {
    this.values.compare(window);
    return { p: this.values.p.slice(), q: this.values.q.slice() };
  }

  /** Share of all rows of the window that have no value. */
  missing(window: Range): number {
    return ratio(this.presence.sum(window, 1, 2), this.presence.sum(window));
  }

  /** Share of the rows with a value that fall into the bins. */
  within(window: Range, bins: Range): number {
    return ratio(this.values.sum(window, bins[0], bins[1]), this.values.sum(window));
  }

  /** Rows of the window that fall into the bins. */
  rowsWithin(window: Range, bins: Range): number {
    return this.values.sum(window, bins[0], bins[1]);
  }
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** At the reference's own edges: those cut `beyond` its range do not count. */
function largestGap(p: Float64Array, q: Float64Array, [below, above]: readonly [number, number]): number {
  let gap = 0;
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    sum += (q[i] as number) - (p[i] as number);
    if (i >= below && i < p.length - above - 1) gap = Math.max(gap, Math.abs(sum));
  }
  return gap;
}

function halfDifference(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs((q[i] as number) - (p[i] as number));
  return sum / 2;
}
