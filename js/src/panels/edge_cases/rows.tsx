import { useState } from "preact/hooks";
import { number, share } from "../../charts/format";
import type { Row } from "../../contract/edges";
import { stepped } from "../shared/options";
import { Inspector } from "./inspector";
import type { Model } from "./model";
import { isBad, oddShare, TITLE } from "./words";

const PAGE = 8;

/** Example rows of the selected slice and group, and what there is to say of one of them. */
export function Rows({ model, id, close }: { model: Model; id: string; close: () => void }) {
  const { rows, group, shown } = model;
  const [picked, pick] = useState(0);
  const place = Math.min(picked, rows.length - 1);
  const row = rows[place];
  const what = [group === null ? "all groups" : TITLE[group], ...(shown === null ? [] : [shown.words])].join(", ");
  return (
    <div class="al-detail al-inspector">
      <div class="al-heading">
        <p class="al-column">
          Example rows <span class="al-kind">{what}</span>
        </p>
        <button type="button" class="al-inspect" onClick={close}>
          Show groups
        </button>
      </div>
      {row === undefined ? (
        <p class="al-none" role="status">
          {empty(model)}
        </p>
      ) : (
        <>
          <div class="al-example al-heads" aria-hidden="true">
            <span />
            <span>group</span>
            <span class="al-num">loss</span>
            <span class="al-num">of similar ones</span>
            <span class="al-num">odder than</span>
          </div>
          <div
            class="al-examples"
            role="listbox"
            tabIndex={0}
            aria-label="Example rows"
            aria-activedescendant={`${id}-row-${place}`}
            onKeyDown={(event) => {
              const to = stepped(event, { place, size: rows.length, page: PAGE });
              if (to !== null) pick(to);
            }}
          >
            {rows.map((one, i) => (
              <Example
                key={i}
                id={`${id}-row-${i}`}
                row={one}
                model={model}
                selected={i === place}
                pick={() => pick(i)}
              />
            ))}
          </div>
          <Inspector row={row} model={model} />
        </>
      )}
    </div>
  );
}

function empty({ waiting, refused }: Model): string {
  if (waiting) return "Asking the kernel for rows…";
  if (refused !== null) return `The kernel sent no rows: ${refused}`;
  return "No example row is in this selection: press Esc, or choose another group or slice.";
}

interface ExampleProps {
  readonly id: string;
  readonly row: Row;
  readonly model: Model;
  readonly selected: boolean;
  readonly pick: () => void;
}

function Example({ id, row, model, selected, pick }: ExampleProps) {
  const group = model.groupOf(row);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and names the active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox hears the keys
    <div class="al-example" role="option" id={id} aria-selected={selected} onClick={pick}>
      <span class={`al-mark al-${isBad(group) ? "drifted" : "stable"}`} aria-hidden="true">
        {isBad(group) ? "●" : "○"}
      </span>
      <span class="al-example-name">{TITLE[group]}</span>
      <span class="al-num">{row.loss === null ? "unknown" : number(row.loss)}</span>
      <span class="al-num">{row.smoothed_loss === null ? "unknown" : number(row.smoothed_loss)}</span>
      <span class="al-num">{row.outlier_share < 0.995 ? share(row.outlier_share) : oddShare(row.outlier_share)}</span>
    </div>
  );
}
