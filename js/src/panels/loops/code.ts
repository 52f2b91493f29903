// The current view as Python.

import type { Model } from "./model";

const tuple = (values: readonly (string | number)[]) => `(${values.map((one) => JSON.stringify(one)).join(", ")})`;

/** Returns the call that reproduces the report, and what makes this view of it. */
export function viewCode(model: Model): string {
  const { payload } = model;
  const { current, remedy } = model.state();
  const view = [
    ...(model.selection === null ? [] : [selectionCode(model)]),
    ...(current === null ? [] : [`report.widget.current = ${tuple(current)}`]),
    ...(remedy === null ? [] : [`report.widget.remedy = dict(${settingCode(model)})`]),
  ];
  return view.length === 0 ? payload.code : [`report = ${payload.code}`, ...view, "report"].join("\n");
}

/** Returns the statement that makes the selection in Python. */
export function selectionCode({ selection }: Pick<Model, "selection">): string {
  const { column = null, bins = null, group = null } = selection ?? {};
  const parts = [
    ...(column === null ? [] : [`column=${JSON.stringify(column)}`]),
    ...(bins === null ? [] : [`bins=${tuple(bins)}`]),
    ...(group === null ? [] : [`group=${JSON.stringify(group)}`]),
  ];
  return `report.selection = al.Selection(${parts.join(", ")})`;
}

/** Returns the call that simulates what is tried. */
export const simulateCode = (model: Model) => `report.simulate(${settingCode(model)})`;

function settingCode({ remedy }: Pick<Model, "remedy">): string {
  const { explore = 0, correct = false, guarantee = 0 } = remedy ?? {};
  return `explore=${explore}, correct=${correct ? "True" : "False"}, guarantee=${guarantee}`;
}
