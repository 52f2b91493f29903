import type { Selection, ViewState } from "../../contract/results";

const NOTHING: Selection = { column: null, bins: null, window: "current", slice: null, group: null };

/** Returns the selection of what is named, and of nothing else. */
export const selectionOf = (part: Partial<Selection>): Selection => ({ ...NOTHING, ...part });

/** The view that a report starts with. */
export const UNTOUCHED: ViewState = {
  selection: null,
  reference: null,
  current: null,
  threshold: null,
  odd: null,
  remedy: null,
};
