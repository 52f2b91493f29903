// Written by `make sync` from src/afterlaunch/performance/payload.py; do not edit.
export type Task = "binary" | "multiclass" | "regression";

/** The time axis: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC). */
export interface Buckets {
  readonly starts_ms: readonly number[];
  readonly ends_ms: readonly number[];
  /** place on the regular grid, so that gaps count in the null */
  readonly position: readonly number[];
  /** season label of each bucket; all 0 without a season */
  readonly season: readonly number[];
  /** "weekday", "hour of day", … */
  readonly season_name: string | null;
  /** Polars duration; None: no time, bucket 0 is the reference and bucket 1 the current rows */
  readonly every: string | null;
  readonly zone: string;
  readonly n_rows: readonly number[];
  /** whether enough of the bucket's labels are in for it to be judged */
  readonly mature: readonly boolean[];
}

export type Unit = "share" | "loss" | "target" | "money" | "number";

export type Scale = "identity" | "logit" | "log" | "fisher" | "log_gap" | "square";

/** What is measured. */
export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  readonly scale: Scale;
  /** None: nearer to zero is better */
  readonly greater_is_better: boolean | null;
}

/** A value with its 95 % interval, one a bucket; None where a bucket has none, or fewer than 20 labelled rows. */
export interface Line {
  readonly value: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** An estimate in one window; the realized value of the same rows lies from `low` to `high` in 95 % of cases. */
export interface EstimatedValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n_rows: number;
}

export type Held = "wrong" | "held" | "cannot_tell";

/**
 * The realized value beside the estimated one, on the same labelled rows of the current window.
 *
 * `low` to `high` is the 95 % interval of realized less estimated, None where what days do by themselves is unknown.
 */
export interface Gap {
  readonly realized: number;
  readonly estimated: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly pvalue: number;
  readonly held: Held;
  /** from when on the estimate was wrong */
  readonly since_ms: number | null;
}

/** One metric as estimated without labels, in both windows. */
export interface Estimates {
  readonly reference: EstimatedValue | null;
  readonly current: EstimatedValue | null;
  readonly gap: Gap | null;
}

export type Verdict = "dropped" | "improved" | "stable" | "cannot_tell";

/** A value in one window with its 95 % interval. */
export interface WindowValue {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n_rows: number;
  readonly n_labelled: number;
}

/** The decision on one metric for one pair of windows, with every number that the table shows. */
export interface Judgement {
  readonly verdict: Verdict;
  /** what a "cannot tell" lacks */
  readonly needs: string | null;
  readonly reference: WindowValue;
  readonly current: WindowValue;
  /** the reference's value, its seasons weighed as in the current window */
  readonly like_for_like: number | null;
  /** current less that */
  readonly change: number | null;
  readonly change_low: number | null;
  readonly change_high: number | null;
  /** the size from which a change matters */
  readonly matters_from: number | null;
  /** between these, the current value is no more than natural variation at the alarm rate */
  readonly usual_low: number | null;
  readonly usual_high: number | null;
  readonly pvalue: number | null;
}

/** One metric, of all rows or of one segment. */
export interface Series {
  readonly metric: string;
  /** None: all rows */
  readonly segment: string | null;
  readonly n_rows: readonly number[];
  /** rows that can be measured */
  readonly n_labelled: readonly number[];
  readonly realized: Line;
  /** the realized value of a bucket lies in the interval in 95 % of cases */
  readonly estimated: Line | null;
  readonly estimates: Estimates | null;
  /** for the windows that Python judged */
  readonly judgement: Judgement;
  /** where the reference stands on the scale on which changes are judged */
  readonly level: number | null;
  /** how far each bucket lies from it, to first order; () where nothing could be compared */
  readonly moved: readonly number[];
  /** of a metric that is the length of k parts: the shape and rate of their noise; `moved` has part after part then */
  readonly noise: readonly [number, number] | null;
  /** the variance of one row there, in the reference and in the current window */
  readonly spread: readonly [number, number] | null;
}

/**
 * What each bucket adds to every built-in metric of one segment, so that any window's value can be had from sums.
 *
 * `counts` holds, bucket by bucket, whole numbers in the order of `cells`: confusion counts (true class × predicted
 * class, row by row), then of each scored class the rows of it, and the others, in each cell of its score.
 */
export interface Sums {
  readonly segment: string | null;
  /** classes in the confusion counts; 0 without predictions of classes */
  readonly n_confusion: number;
  /** classes with cells of scores; 0 without scores */
  readonly n_scored: number;
  /** of each scored class: the mean score of each cell, ascending */
  readonly cells: readonly (readonly number[])[];
  /** base64 of raw-deflated LEB128 varints */
  readonly counts: string;
  /** names of the sums below, such as "log_loss" */
  readonly totals: readonly string[];
  /** of each of them: its sum over the rows of each bucket */
  readonly by_bucket: readonly (readonly number[])[];
}

/** Rows of similar score: what share came true, with its 95 % interval. */
export interface CurvePoint {
  readonly score: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** How often scores come true, in one window. */
export interface CalibrationCurve {
  /** the class that the scores are of */
  readonly label: string;
  readonly window: "reference" | "current";
  readonly points: readonly CurvePoint[];
}

/** How labels come in with age: the share of rows that has one by each age, with its 95 % interval. */
export interface Maturation {
  readonly age_ms: readonly number[];
  readonly share: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** the share that ever has one, as far as rows were watched */
  readonly final: number;
  /** the age by which 95 % of these are in */
  readonly mature_ms: number;
  /** labels were still coming in at the oldest ages */
  readonly rising: boolean;
  /** the share of its labels that each bucket has by now */
  readonly by_bucket: readonly number[];
}

/** The whole panel: aggregates alone. */
export interface PerformancePayload {
  readonly kind: "performance";
  readonly format: number;
  /** made from the content */
  readonly id: string;
  readonly product: string;
  /** what a row is, plural: "rows", "flights" */
  readonly noun: string;
  readonly sentence: string;
  readonly evidence: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly buckets: Buckets;
  /** half-open bucket range */
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly alarm_rate: number;
  readonly metrics: readonly Metric[];
  readonly segments: readonly string[];
  readonly by: string | null;
  /** metric by metric, all rows first */
  readonly series: readonly Series[];
  readonly sums: readonly Sums[];
  readonly curves: readonly CalibrationCurve[];
  /** None where the log does not say when labels arrived */
  readonly maturation: Maturation | null;
  /** what labels and estimates have shown, as sentences */
  readonly findings: readonly string[];
  /** what was assumed or noticed, for the footer */
  readonly notes: readonly string[];
  /** the call that reproduces the report, with {reference} and {current} in place of the windows */
  readonly code: string;
}
