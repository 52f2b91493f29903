// The values of one metric of one segment in any window, and what is compared between two.
import type { Metric, Series } from "../../contract/performance";
import type { Windows } from "../cells";
import { SCALES } from "./scales";
import type { Compared, Sides } from "./step";
import type { BucketSums, Weigh } from "./sums";
import { type Found, isByCells, measured, type ScoreCells } from "./tally";

const UNBIASED: Weigh = () => 1;

/** Measures any window, exactly where sums give the metric; else to first order from how far each bucket lies off. */
export class Measure {
  /** The sums, if they give the metric. */
  private readonly sums: BucketSums | null;
  /** How far the value of cells of scores lies from the exact one, on the scale. */
  private readonly offset: number;

  /** `reference` are the buckets of Python's own reference window. */
  constructor(
    readonly metric: Metric,
    readonly series: Series,
    sums: BucketSums | null,
    reference: Int32Array,
  ) {
    const exact = series.judgement.reference.value;
    const found = sums === null ? null : measured(metric.name, sums.tally(reference, UNBIASED));
    this.sums = found === null && exact !== null ? null : sums;
    const { to } = SCALES[metric.scale];
    this.offset = exact === null || found === null || !isByCells(metric.name) ? 0 : to(exact) - to(found.value);
  }

  /** The value of the labelled rows of some buckets; null where they have none. */
  value(buckets: Int32Array, weigh: Weigh = UNBIASED): Found | null {
    const found = this.raw(buckets, weigh);
    if (found === null || this.offset === 0) return found;
    const { to, back } = SCALES[this.metric.scale];
    return { ...found, value: back(to(found.value) + this.offset) };
  }

  /** Rows by score of the first class that has scores, in some buckets; null without scores. */
  scores(buckets: Int32Array): ScoreCells | null {
    return this.sums?.tally(buckets).scores[0] ?? null;
  }

  /** What there is to compare between two windows of which the buckets with rows `n` are judged. */
  compare(windows: Windows, n: Float64Array): Compared {
    const { metric, series } = this;
    const usable = (which: Int32Array) => which.filter((d) => (n[d] as number) > 0);
    const [before, after] = [usable(windows.reference), usable(windows.current)];
    const sides: Sides = {
      reference: this.value(before),
      current: this.value(after),
      likeForLike: this.value(before, seasonWeights(windows, n, before, after)),
    };
    return { metric, series, n, windows, sides, mattersFrom: this.mattersFrom(sides.likeForLike) };
  }

  private raw(buckets: Int32Array, weigh: Weigh): Found | null {
    if (this.sums === null) return this.byMoves(buckets, weigh);
    return measured(this.metric.name, this.sums.tally(buckets, weigh));
  }

  private byMoves(buckets: Int32Array, weigh: Weigh): Found | null {
    const { series, metric } = this;
    if (series.level === null || series.moved.length !== series.n_labelled.length) return null;
    let [rows, sum] = [0, 0];
    for (const d of buckets) {
      const n = weigh(d) * (series.n_labelled[d] as number);
      rows += n;
      sum += n * (series.moved[d] as number);
    }
    return rows > 0 ? { value: SCALES[metric.scale].back(series.level + sum / rows), support: rows } : null;
  }

  /** What matters is a share of the reference's value where values are compared by their logarithm. */
  private mattersFrom(old: Found | null): number {
    const { matters_from: matters, like_for_like: was } = this.series.judgement;
    if (matters === null) return 0;
    return this.metric.scale === "log" && old !== null && was ? (matters * old.value) / was : matters;
  }
}

/** What a row of each reference bucket counts for the reference to have the seasons of the current window. */
function seasonWeights({ season }: Windows, n: Float64Array, before: Int32Array, after: Int32Array): Weigh {
  const bySeason = (which: Int32Array) => {
    const sums = new Map<number, number>();
    for (const d of which) sums.set(season[d] as number, (sums.get(season[d] as number) ?? 0) + (n[d] as number));
    return sums;
  };
  const [old, now] = [bySeason(before), bySeason(after)];
  if ([...now.keys()].some((label) => !old.has(label))) return UNBIASED;
  const total = (sums: Map<number, number>) => [...sums.values()].reduce((all, rows) => all + rows, 0);
  const [many, few] = [total(old), total(now)];
  return (d) => {
    const label = season[d] as number;
    return ((now.get(label) ?? 0) / few / (old.get(label) ?? 1)) * many;
  };
}
