// The current view as Python.

import { windowCode } from "../shared/windows";
import type { Model } from "./model";

/** Returns the call that reproduces the view; once each, and before any option: a column may be called "{current}". */
export function viewCode({ payload, axis, reference, current }: Model): string {
  return payload.code
    .replace("{current}", () => windowCode(axis, current))
    .replace("{reference}", () => windowCode(axis, reference));
}

/** Returns the statement that makes the selection in Python. */
export const selectionCode = (name: string) => `report.selection = al.Selection(column=${JSON.stringify(name)})`;

export const rowsCode = () => "report.selected_rows()";
