// Written by `make sync` from src/afterlaunch/performance/explain/payload.py; do not edit.
export type Task = "binary" | "multiclass" | "regression";

export type Verdict = "dropped" | "improved" | "stable" | "cannot_tell";

/**
 * One window: its span (epoch milliseconds, None without time), its rows, and the mean loss of those with a label.
 *
 * `low` and `high` are the mean's 95 % interval.
 */
export interface Window {
  readonly start_ms: number | null;
  readonly end_ms: number | null;
  readonly n_rows: number;
  readonly n_labelled: number;
  readonly loss: number;
  /** effective rows that the other window has too */
  readonly overlap: number | null;
  /** of the labelled ones */
  readonly overlap_share: number | null;
}

export type PartName = "new" | "gone" | "covariate" | "concept" | "label" | "given_label" | "total";

export type Mark = "helps" | "hurts" | "like_placebo" | "cannot_tell";

/**
 * A part of the change, with its 95 % interval and its placebo.
 *
 * Between the placebo's ends lies a part of two quiet stretches, at the report's alarm rate over all its parts.
 * `within` names the part that it is a part of.
 */
export interface Part {
  readonly name: PartName;
  readonly within: PartName | null;
  readonly title: string;
  readonly words: string;
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly placebo_low: number | null;
  readonly placebo_high: number | null;
  /** adjusted for all parts of the report */
  readonly pvalue: number | null;
  readonly mark: Mark;
  readonly needs: string | null;
  readonly assumption: string;
}

export type AccountingName = "features_first" | "label_first";

/** One way to split the change; the parts that are within none add up to it. */
export interface Accounting {
  readonly name: AccountingName;
  readonly title: string;
  readonly words: string;
  readonly parts: readonly Part[];
}

export type Favoured = "features_first" | "label_first" | "cannot_tell";

export type Holds = "not_refuted" | "refuted" | "cannot_tell";

/** What was tested to choose between the accountings. */
export interface Test {
  readonly name: "label_explains_scores" | "label_explains_rows" | "features_explain_answers" | "scores_stay";
  readonly words: string;
  readonly pvalue: number | null;
  readonly holds: Holds;
}

/** A column's share of the covariate part; `column` is None for what the models of the loss do not place. */
export interface ColumnPart {
  readonly column: string | null;
  readonly change: number;
  readonly low: number | null;
  readonly high: number | null;
}

export type Kind = "range" | "value" | "flag" | "missing";

/**
 * A condition on one column.
 *
 * A range of numbers from `low` up to, not including, `high` (None: no end); a value; a true or false flag; or
 * nothing there.
 */
export interface Condition {
  readonly column: string;
  readonly kind: Kind;
  readonly low: number | null;
  readonly high: number | null;
  readonly value: string | null;
  readonly words: string;
}

/** What rows of one kind add to the covariate part: there are more or fewer of them, and they lose more or less. */
export interface SlicePart {
  readonly words: string;
  readonly conditions: readonly Condition[];
  /** the filter as Polars code */
  readonly code: string;
  readonly change: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n_reference: number;
  readonly n_current: number;
  readonly share_reference: number;
  readonly share_current: number;
  readonly loss_reference: number | null;
  readonly loss_current: number | null;
}

/** The whole panel: aggregates alone. */
export interface ExplanationPayload {
  readonly kind: "explanation";
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
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly evidence: string;
  readonly zone: string;
  /** Polars duration of the blocks; None: no time */
  readonly every: string | null;
  readonly reference: Window;
  readonly current: Window;
  readonly total: Part;
  readonly accountings: readonly Accounting[];
  readonly favoured: Favoured;
  readonly favoured_words: string;
  readonly tests: readonly Test[];
  readonly columns: readonly ColumnPart[];
  readonly columns_words: string;
  readonly slices: readonly SlicePart[];
  readonly slices_words: string;
  readonly alarm_rate: number;
  readonly notes: readonly string[];
  readonly code: string;
}
