// Written by `make sync` from src/afterlaunch/results.py; do not edit.
export type WindowName = "reference" | "current";

/**
 * What a reader picked in a panel.
 *
 * Of drift: a column, perhaps a half-open range of its bins, in one of the two windows. Of edge cases: a slice, by its
 * place among the report's slices, or one of the four groups, or the rows that are in both. Of an explanation: a
 * column or a slice of the covariate part, or, as `group`, a part by its name. Of feedback loops: items by
 * `column="popularity"` and a half-open range of tenths, the most shown first; users by `column="entropy"` and a
 * half-open range of its cells, or by `group="narrowed"`.
 */
export interface Selection {
  readonly column: string | null;
  readonly bins: readonly [number, number] | null;
  readonly window: WindowName;
  readonly slice: number | null;
  readonly group: string | null;
}

/** half-open, ISO 8601 with an offset */
export type Window = readonly [string, string];

/** What could be done about a feedback loop: the setting whose forecast a panel shows. */
export interface Remedy {
  /** share of impressions drawn at random */
  readonly explore: number;
  /** whether feedback is corrected for how often an item was shown */
  readonly correct: boolean;
  /** share of impressions kept for new items */
  readonly guarantee: number;
}

/** Everything that a reader can change in a panel; the rest of what it shows follows from the report's payload. */
export interface ViewState {
  readonly selection: Selection | null;
  readonly reference: Window | null;
  readonly current: Window | null;
  /** from which an effect matters; of edge cases, from which a smoothed loss is bad */
  readonly threshold: number | null;
  /** from which an outlier share is odd */
  readonly odd: number | null;
  /** of feedback loops, what is tried; None: what the panel proposes */
  readonly remedy: Remedy | null;
}
