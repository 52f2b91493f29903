import type { Menu } from "../shared/actions";
import { Copy, RowsOfSelection } from "../shared/menu";
import type { Model } from "./model";

/** What ⋯ offers. */
export function More({ model, copy }: Menu & { readonly model: Model }) {
  const { payload, slice, shown, live } = model;
  const view = slice === null ? "" : `\nreport.selection = al.Selection(slice=${slice})\nreport`;
  return (
    <>
      <Copy name="Copy as code" code={view === "" ? payload.code : `report = ${payload.code}${view}`} copy={copy} />
      <Copy name="Copy slice as filter" code={shown?.code ?? null} copy={copy} />
      <RowsOfSelection live={live} picked={shown !== null} copy={copy} />
    </>
  );
}
