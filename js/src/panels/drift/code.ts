// The current view as Python.

import type { Selection } from "../../contract/results";
import { windowCode } from "../shared/windows";
import type { Model } from "./model";

const TIMELESS = "al.measure_drift(new, reference=old";
const WINDOWED =
  /^al\.measure_drift\((log, reference=\{reference\}, current=\{current\}|new\.between\(\*\{current\}\), reference=old\.between\(\*\{reference\}\))/;

/** Returns the call that reproduces the view. */
export function viewCode(model: Model): string {
  const { payload, axis, threshold } = model;
  // Only in what stands before the options: a column may well be called "{reference}".
  const source = payload.code.startsWith(TIMELESS) ? TIMELESS : (WINDOWED.exec(payload.code)?.[0] ?? "");
  const windowed = source
    .replace("{current}", () => windowCode(axis, model.current))
    .replace("{reference}", () => windowCode(axis, model.reference));
  const options = payload.code.slice(source.length);
  if (threshold === payload.min_effect) return windowed + options;
  return `${windowed}, min_effect=${Number(threshold.toFixed(4))}${options.replace(/^, min_effect=[^,)]+/, "")}`;
}

/** Returns the statement that makes the selection in Python. */
export function selectionCode({ column, bins, window }: Selection): string {
  const range = bins === null ? "" : `, bins=(${bins[0]}, ${bins[1]})`;
  return `report.selection = al.Selection(column=${text(column ?? "")}${range}, window="${window}")`;
}

export const rowsCode = () => "report.selected_rows()";

/** A Python string literal; JSON's escapes are Python's too. */
const text = (value: string) => JSON.stringify(value);
