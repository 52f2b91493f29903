// The current view as Python.

import { iso } from "../../charts/calendar";
import type { Selection } from "../../contract/results";
import { boundary } from "./axis";
import type { Model } from "./model";
import type { Range } from "./table";

/** Returns the call that reproduces the view. */
export function viewCode(model: Model): string {
  const { payload, axis, threshold } = model;
  const window = ([from, to]: Range) => {
    const end = axis.buckets.ends_ms[to - 1] ?? boundary(axis, to);
    return `(${text(iso(boundary(axis, from), axis.buckets.zone))}, ${text(iso(end, axis.buckets.zone))})`;
  };
  const call = payload.code
    .replace("{current}", () => window(model.current)) // once each, before any option: a column may be called so
    .replace("{reference}", () => window(model.reference));
  if (threshold === payload.min_effect) return call;
  const value = `min_effect=${Number(threshold.toFixed(4))}`;
  const known = /min_effect=[\d.]+/;
  return known.test(call) ? call.replace(known, value) : call.replace(/,?\s*\)\s*$/, `, ${value})`);
}

/** Returns the statement that makes the selection in Python. */
export function selectionCode({ column, bins, window }: Selection): string {
  const range = bins === null ? "" : `, bins=(${bins[0]}, ${bins[1]})`;
  return `report.selection = al.Selection(column=${text(column)}${range}, window="${window}")`;
}

export const rowsCode = () => "report.selected_rows()";

/** A Python string literal; JSON's escapes are Python's too. */
const text = (value: string) => JSON.stringify(value);
