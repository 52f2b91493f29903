// Written by `make sync` from src/afterlaunch/edges/payload.py; do not edit.
export type GroupName = "routine" | "outlier" | "edge_case" | "both";

/** A column that makes a row odd: its value, and the share of reference rows at least as far out. */
export interface Reason {
  readonly column: string;
  readonly value: string;
  readonly part: number;
  readonly tail_share: number;
}

/** What a row has that the rows most like it, which the model got right, have not. */
export interface Contrast {
  readonly column: string;
  readonly value: string;
  readonly usual: string;
}

/** One row, for inspection: only in what is made with `rows=True`. */
export interface Row {
  readonly group: GroupName;
  /** as `row_columns` */
  readonly values: readonly string[];
  readonly outlier_share: number;
  readonly flagged: boolean;
  readonly loss: number | null;
  readonly smoothed_loss: number | null;
  readonly surprise: number | null;
  readonly odd: readonly Reason[];
  /** None: not looked for, since the row lies outside the measured window */
  readonly n_alike_right: number | null;
  readonly wrong: readonly Contrast[];
  readonly slices: readonly number[];
}

/** Rows of the current selection, for a live panel that asks for them: never a part of what is saved. */
export interface RowsPayload {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

export type Task = "binary" | "multiclass" | "regression";

export type Basis = "realized" | "estimated";

export type Verdict = "edge_cases" | "none_found" | "cannot_tell";

/** The time axis: bucket `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC). */
export interface Buckets {
  readonly starts_ms: readonly number[];
  readonly ends_ms: readonly number[];
  /** Polars duration; None: no time, and no buckets */
  readonly every: string | null;
  readonly zone: string;
  readonly n_rows: readonly number[];
  readonly n_labelled: readonly number[];
}

/** A number with its 95 % interval; None where there is none, where an end is without bound or cannot be told. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Mean losses by bucket, None where there are no rows; the interval is that of the realized mean. */
export interface Series {
  /** rows with a loss */
  readonly n: readonly number[];
  readonly realized: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  /** what the calibrated scores of all rows promised */
  readonly promised: readonly (number | null)[];
  /** rows with a value of what slices are compared in */
  readonly compared_n: readonly number[];
  /** their sum; those of buckets with fewer than 20 such rows are pooled */
  readonly compared: readonly number[];
}

export type Kind = "range" | "value" | "flag" | "missing";

/**
 * A condition on one column.
 *
 * A range of numbers from `low` up to, not including, `high` (None: no end); a value; a true or false flag; or
 * nothing there. `whole` marks whole numbers, whose ranges are told by their last one.
 */
export interface Condition {
  readonly column: string;
  readonly kind: Kind;
  readonly low: number | null;
  readonly high: number | null;
  readonly value: string | null;
  readonly whole: boolean;
  /** "hour 15–17" */
  readonly words: string;
}

export type SliceVerdict = "confirmed" | "not_confirmed" | "cannot_tell";

/**
 * Rows by cell of the density; cell = odd cell * number of loss cells + loss cell. Only cells with rows.
 *
 * Losses of cells with fewer than 20 rows are those of cells like them, pooled: single rows cannot be read off.
 */
export interface Cells {
  readonly cell: readonly number[];
  readonly n: readonly number[];
  readonly n_labelled: readonly number[];
  /** summed over the labelled rows */
  readonly loss: readonly number[];
}

/** A group of rows on which the model does worse than elsewhere, as judged on rows that it was not found on. */
export interface Slice {
  readonly words: string;
  readonly conditions: readonly Condition[];
  readonly sentence: string;
  /** the filter as Polars code */
  readonly code: string;
  readonly verdict: SliceVerdict;
  readonly needs: string | null;
  /** rows of the current window */
  readonly n: number;
  readonly share: number;
  readonly n_held_out: number;
  /** all three on the held-out rows */
  readonly loss: number | null;
  readonly loss_elsewhere: number | null;
  readonly effect: Estimate;
  readonly qvalue: number | null;
  readonly above_promise: Estimate | null;
  /** the effect in the reference */
  readonly before: Estimate | null;
  /** the effect less that in the reference */
  readonly change: Estimate | null;
  readonly worse_since_ms: number | null;
  /** of all loss: what the slice has in excess of elsewhere */
  readonly explained_share: number | null;
  readonly series: Series | null;
  readonly cells: Cells;
  /** as those of the density; None where the payload has no room for them */
  readonly counts: string | null;
}

/**
 * How many rows are how odd, and how large the loss of rows like them is.
 *
 * Odd cells are [edge, next edge) of the share of reference rows that are less odd, loss cells the same of the
 * smoothed loss; the last of each is open.
 */
export interface Density {
  readonly odd_edges: readonly number[];
  readonly loss_edges: readonly number[];
  /** rows over which losses are smoothed */
  readonly n_similar: number;
  /** rows by bucket and cell, packed: `edges/windows.py` */
  readonly counts: string | null;
  readonly reference: Cells | null;
  readonly current: Cells;
}

/**
 * One of the four groups at the default thresholds.
 *
 * `share` is `n` of the window's rows that have a place in the density, labelled or not: the four add up to 1. Its
 * interval, and that of `loss`, say how far days that pass within weeks may have moved them.
 */
export interface Group {
  readonly name: GroupName;
  readonly n: number;
  readonly share: Estimate;
  readonly loss: Estimate;
  /** of all loss */
  readonly loss_share: number | null;
  readonly n_reference: number | null;
  readonly share_reference: Estimate | null;
  readonly loss_reference: Estimate | null;
}

/** The whole panel: aggregates alone, unless rows were asked for. */
export interface EdgeCasePayload {
  readonly kind: "edge_cases";
  readonly format: number;
  /** made from the content */
  readonly id: string;
  /** "afterlaunch 0.1.0" */
  readonly product: string;
  /** what a row is, plural: "rows", "flights" */
  readonly noun: string;
  readonly task: Task;
  /** "log_loss" */
  readonly loss: string;
  /** "log loss" */
  readonly loss_words: string;
  /** estimated: no labels, so the loss is the promised one */
  readonly basis: Basis;
  /** else by reference rows that are alike */
  readonly promised_by_score: boolean;
  readonly worse_than: "elsewhere" | "promise";
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly evidence: string;
  readonly buckets: Buckets;
  /** half-open bucket ranges, None without time or without a reference */
  readonly reference: readonly [number, number] | null;
  readonly current: readonly [number, number] | null;
  readonly loss_reference: Estimate | null;
  readonly loss_current: Estimate;
  readonly promised_reference: number | null;
  readonly promised_current: number | null;
  readonly n_reference: number;
  readonly n_current: number;
  readonly n_labelled: number;
  readonly min_rows: number;
  readonly min_effect: number;
  /** of confirmed slices, at most, on average */
  readonly false_share: number;
  readonly n_searched: number;
  readonly series: Series | null;
  readonly slices: readonly Slice[];
  readonly density: Density;
  /** thresholds: outlier share and smoothed loss */
  readonly odd_from: number;
  readonly bad_from: number;
  readonly groups: readonly Group[];
  readonly n_flagged: number;
  readonly outlier_method: string;
  readonly row_columns: readonly string[];
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly code: string;
}
