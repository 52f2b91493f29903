// Written by `make sync` from src/afterlaunch/results.py; do not edit.
export type WindowName = "reference" | "current";

/** What a reader picked in a panel: a column, perhaps a half-open range of its bins, in one of the two windows. */
export interface Selection {
  readonly column: string;
  readonly bins: readonly [number, number] | null;
  readonly window: WindowName;
}

/** half-open, ISO 8601 with an offset */
export type Window = readonly [string, string];

/** Everything that a reader can change in a panel; the rest of what it shows follows from the report's payload. */
export interface ViewState {
  readonly selection: Selection | null;
  readonly reference: Window | null;
  readonly current: Window | null;
  readonly threshold: number | null;
}
