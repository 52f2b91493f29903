// The current view as Python.

import { windowCode } from "../shared/windows";
import type { Model } from "./model";

/** Returns the call that reproduces the report, and what makes this view of it. */
export function viewCode(model: Model): string {
  const { payload } = model;
  const { threshold, odd, reference, current } = model.state();
  const view = [
    ...(model.selection === null ? [] : [selectionCode(model)]),
    ...(reference === null ? [] : [`report.widget.reference = ${JSON.stringify(reference)}`]),
    ...(current === null ? [] : [`report.widget.current = ${JSON.stringify(current)}`]),
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

/** Returns the call that searches the windows shown. */
export function searchCode({ payload, axis, reference, current }: Model): string {
  const others = payload.code.replaceAll(/, (reference|current)=\("[^"]*", "[^"]*"\)/g, "").replace(/\)$/, "");
  return `${others}, reference=${windowCode(axis, reference)}, current=${windowCode(axis, current)})`;
}
