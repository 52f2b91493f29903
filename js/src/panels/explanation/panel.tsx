import { useState } from "preact/hooks";
import type { ExplanationPayload } from "../../contract/explain";
import { Actions, type Menu } from "../shared/actions";
import { Header } from "../shared/header";
import { AccountingView, domainOf } from "./accounting";
import { Footer } from "./footer";
import { Lists } from "./lists";
import { Sure } from "./sure";
import { TableView } from "./table-view";
import { signed, VERDICT } from "./words";

export interface PanelProps {
  readonly payload: ExplanationPayload;
  readonly id: string;
  readonly live: boolean;
  /** Place of the selected slice. */
  readonly slice: number | null;
  readonly pick: (place: number) => void;
}

/** The whole panel. */
export function ExplanationPanel({ payload, id, live, slice, pick }: PanelProps) {
  const [table, showTable] = useState(false);
  const domain = domainOf(payload);
  const shown = slice === null ? null : (payload.slices[slice] ?? null);
  return (
    <>
      <div class="al-steady">
        <Header
          id={`${id}-verdict`}
          {...VERDICT[payload.verdict]}
          sentence={payload.sentence}
          roomFor={payload.sentence}
          evidence={payload.evidence}
          pending={false}
        >
          <Actions
            table={table}
            showTable={showTable}
            sure={() => <Sure payload={payload} />}
            more={(menu) => <More code={payload.code} filter={shown?.code ?? null} live={live} {...menu} />}
          />
        </Header>
      </div>
      {table ? (
        <div class="al-explained">
          <TableView payload={payload} />
        </div>
      ) : (
        <div class="al-explained">
          <p class="al-why">
            Why {payload.loss_words} changed by {signed(payload.total.change)}
            <span class="al-aside">grey: as between quiet stretches of the reference</span>
          </p>
          <div class="al-accountings">
            {payload.accountings.map((one) => (
              <AccountingView key={one.name} payload={payload} accounting={one} domain={domain} />
            ))}
          </div>
          <Lists payload={payload} slice={slice} pick={pick} />
        </div>
      )}
      <Footer payload={payload} />
      <p class="al-live" aria-live="polite">
        {shown === null ? payload.favoured_words : shown.words}
      </p>
    </>
  );
}

interface MoreProps extends Menu {
  readonly code: string;
  readonly filter: string | null;
  readonly live: boolean;
}

/** What ⋯ offers. */
function More({ code, filter, live, copy }: MoreProps) {
  const why = "Open in a notebook with a running kernel, and pick a slice, to read its rows";
  return (
    <>
      <button type="button" onClick={() => copy(code)}>
        Copy as code
      </button>
      <button type="button" disabled={filter === null} onClick={() => filter !== null && copy(filter)}>
        Copy slice as filter
      </button>
      <button
        type="button"
        aria-disabled={!live || filter === null}
        title={live ? "Copies the call that returns the selected rows as a frame" : why}
        onClick={() => live && filter !== null && copy("report.selected_rows()")}
      >
        Rows of the slice…
      </button>
    </>
  );
}
