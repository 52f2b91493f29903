// The current view as Python.

import type { Model } from "./model";

/** Returns the call that reproduces the report, and what makes this view of it. */
export function viewCode(model: Model): string {
  const { payload } = model;
  const { threshold, odd } = model.state();
  const view = [
    ...(model.selection === null ? [] : [selectionCode(model)]),
    ...(threshold === null ? [] : [`report.widget.threshold = ${threshold}`]),
    ...(odd === null ? [] : [`report.widget.odd = ${odd}`]),
  ];
  return view.length === 0 ? payload.code : [`report = ${payload.code}`, ...view, "report"].join("\n");
}

/** Returns the statement that makes the selection in Python. */
export function selectionCode({ slice, group }: Pick<Model, "slice" | "group">): string {
  const parts = [...(slice === null ? [] : [`slice=${slice}`]), ...(group === null ? [] : [`group="${group}"`])];
  return `report.selection = al.Selection(${parts.join(", ")})`;
}

export const rowsCode = () => "report.selected_rows()";
