// Written by `make sync` from src/afterlaunch/drift/payload.py; do not edit.
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
}

export type Role = "feature" | "prediction" | "score" | "target";

export type Kind = "numeric" | "categorical" | "boolean" | "time" | "text";

export type Shape = "step" | "ramp";

/** When a column began to drift: bucket starts, with an interval that holds the true start in 95 % of cases. */
export interface Onset {
  readonly at_ms: number;
  readonly low_ms: number;
  readonly high_ms: number;
  readonly shape: Shape;
}

export type Verdict = "drifted" | "stable" | "cannot_tell";

/** One column's decision for one pair of windows, with every number that the table shows. */
export interface Judgement {
  readonly verdict: Verdict;
  /** share of rows that moved, 0 to 1 */
  readonly effect: number | null;
  readonly effect_low: number | null;
  readonly effect_high: number | null;
  /** the effect that natural variation alone reaches with the report's alarm rate */
  readonly natural: number | null;
  readonly pvalue: number | null;
  readonly qvalue: number | null;
  /** what a "cannot tell" lacks */
  readonly needs: string | null;
  /** None for unordered columns */
  readonly ks: number | null;
  readonly psi: number | null;
  readonly js: number | null;
  readonly hellinger: number | null;
  readonly total_variation: number | null;
  readonly l_infinity: number | null;
  readonly chi_squared: number | null;
  /** ordered only; in robust reference standard deviations */
  readonly wasserstein: number | null;
  /** in the column's own unit */
  readonly wasserstein_raw: number | null;
  readonly null_share_reference: number | null;
  readonly null_share_current: number | null;
  readonly unseen_share: number | null;
  readonly n_reference: number;
  readonly n_current: number;
}

/**
 * One column at the decision bins.
 *
 * Its counts are `n_bins + 4` cells a bucket; the last four are null, NaN, infinite, unseen.
 */
export interface Column {
  readonly name: string;
  readonly role: Role;
  readonly kind: Kind;
  readonly ordered: boolean;
  /** ordered: n_bins + 1 drawing edges, rounded outwards, the first and last being outer quantiles */
  readonly edges: readonly number[];
  /** ordered: bins below and above the reference's own, cut where other rows lie */
  readonly beyond: readonly [number, number];
  /** unordered: n_bins names; "other" holds what was pooled */
  readonly labels: readonly string[];
  /** unordered: the bin of the reference's rare categories, if any; unseen ones are judged with them */
  readonly pooled: number | null;
  /** robust reference standard deviation, in the column's unit */
  readonly scale: number | null;
  /** text: about which share of values is distinct, for Python's windows */
  readonly distinct: readonly [number, number] | null;
  readonly importance: number | null;
  /** for the windows that Python judged */
  readonly onset: Onset | null;
  readonly cause: string | null;
  /** the bins that carry the change, largest share first */
  readonly carriers: readonly number[];
  /** for the windows that Python judged */
  readonly judgement: Judgement;
}

/** One segment's verdict, for the windows that Python judged. */
export interface Segment {
  readonly name: string;
  readonly verdict: Verdict;
  /** its columns that drifted, what matters most first */
  readonly drifted: readonly string[];
  readonly sentence: string;
}

/** The segments by one column, those with most drifted columns first. */
export interface Segments {
  readonly by: string;
  readonly each: readonly Segment[];
  /** chance of any false alarm in the whole report and all segments together */
  readonly alarm_rate: number;
}

/** How much of what a method found one column carries. */
export interface Carried {
  readonly column: string;
  readonly share: number;
}

/** What a method that reads rows found in the windows that Python judged. */
export interface RowFound {
  readonly method: string;
  readonly said: string;
  /** the columns that carry most of it */
  readonly carried: readonly Carried[];
}

/** The whole panel: aggregates alone. */
export interface DriftPayload {
  readonly kind: "drift";
  readonly format: number;
  /** made from the content */
  readonly id: string;
  /** "afterlaunch 0.1.0" */
  readonly product: string;
  /** what a row is, plural: "rows", "flights" */
  readonly noun: string;
  readonly sentence: string;
  readonly evidence: string;
  readonly buckets: Buckets;
  /** half-open bucket range */
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly alarm_rate: number;
  readonly min_effect: number;
  /** the measure that decides: "effect" unless chosen otherwise */
  readonly measure: string;
  /** the same for windows that are moved: "effect" where the page does not know the measure */
  readonly measure_in_page: string;
  readonly columns: readonly Column[];
  /** where by= named their column */
  readonly segments: Segments | null;
  readonly by_rows: readonly RowFound[];
  /** base64 of raw-deflated LEB128 varints: column by column, bucket by bucket, cell by cell */
  readonly counts: string;
  /** what was assumed or noticed, for the footer */
  readonly notes: readonly string[];
  /** the call that reproduces the report, with {reference} and {current} in place of the windows */
  readonly code: string;
}
