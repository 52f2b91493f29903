import type { Menu } from "../shared/actions";
import { selectionCode, simulateCode, viewCode } from "./code";
import type { Model } from "./model";

const KERNEL = "Open in a notebook with a running kernel, and pick a tenth or users, to have them as a frame";

/** What ⋯ offers. */
export function More({ model, copy, close }: Menu & { readonly model: Model }) {
  const { selection, live, payload } = model;
  const call = selection?.column === "popularity" ? "report.selected_items" : "report.selected_users";
  const can = live && selection !== null;
  const untouched = model.isProposed && selection === null && model.period === model.last;
  return (
    <>
      <button type="button" onClick={() => copy(viewCode(model))}>
        Copy as code
      </button>
      <button type="button" disabled={selection === null} onClick={() => copy(selectionCode(model))}>
        Copy selection as code
      </button>
      <button type="button" disabled={payload.what_if === null} onClick={() => copy(simulateCode(model))}>
        Copy what-if as code
      </button>
      <button
        type="button"
        aria-disabled={!can}
        title={can ? "Copies what returns them as a frame" : KERNEL}
        onClick={() => can && copy(call)}
      >
        {selection?.column === "popularity" || selection === null
          ? "Items of the selection…"
          : "Users of the selection…"}
      </button>
      <button
        type="button"
        disabled={untouched}
        onClick={() => {
          model.reset();
          close();
        }}
      >
        Reset view
      </button>
    </>
  );
}
