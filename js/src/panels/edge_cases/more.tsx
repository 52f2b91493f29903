import type { Menu } from "../shared/actions";
import { rowsCode, selectionCode, viewCode } from "./code";
import type { Model } from "./model";

const KERNEL = "Open in a notebook with a running kernel to read the rows of the selection";

/** What ⋯ offers. */
export function More({ model, copy, close }: Menu & { readonly model: Model }) {
  const { selection, shown, live } = model;
  const reset = () => {
    model.reset();
    close();
  };
  return (
    <>
      <button type="button" onClick={() => copy(viewCode(model))}>
        Copy as code
      </button>
      <button type="button" disabled={shown === null} onClick={() => shown && copy(shown.code)}>
        Copy slice as filter
      </button>
      <button type="button" disabled={selection === null} onClick={() => copy(selectionCode(model))}>
        Copy selection as code
      </button>
      <button
        type="button"
        aria-disabled={!live || selection === null}
        title={live ? "Copies the call that returns the selected rows as a frame" : KERNEL}
        onClick={() => live && selection && copy(rowsCode())}
      >
        Rows of the selection…
      </button>
      <button type="button" disabled={model.isOriginal} onClick={reset}>
        Reset thresholds
      </button>
    </>
  );
}
