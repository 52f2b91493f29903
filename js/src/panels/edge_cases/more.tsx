import type { Menu } from "../shared/actions";
import { Copy, RowsOfSelection } from "../shared/menu";
import { searchCode, selectionCode, viewCode } from "./code";
import type { Model } from "./model";

/** What ⋯ offers. */
export function More({ model, copy, close }: Menu & { readonly model: Model }) {
  const { selection, shown, live } = model;
  const reset = () => {
    model.reset();
    close();
  };
  return (
    <>
      <Copy name="Copy as code" code={viewCode(model)} copy={copy} />
      <Copy name="Copy slice as filter" code={shown?.code ?? null} copy={copy} />
      <Copy name="Copy selection as code" code={selection && selectionCode(model)} copy={copy} />
      <Copy name="Copy the search of these windows" code={model.isMeasured ? null : searchCode(model)} copy={copy} />
      <RowsOfSelection live={live} picked={selection !== null} copy={copy} />
      <button type="button" disabled={model.isOriginal} onClick={reset}>
        Reset windows and thresholds
      </button>
    </>
  );
}
