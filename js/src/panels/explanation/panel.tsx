import { useState } from "preact/hooks";
import { span } from "../../charts/calendar";
import { count } from "../../charts/format";
import type { ExplanationPayload, Part, Window } from "../../contract/explain";
import { Footer } from "../shared/footer";
import { SteadyHeader } from "../shared/header";
import { useSteadyHeight } from "../shared/steady-height";
import { AccountingView } from "./accounting";
import { Columns } from "./columns";
import type { Model } from "./model";
import { More } from "./more";
import { Reading } from "./reading";
import { Slices } from "./slices";
import { Sure } from "./sure";
import { TableView } from "./table-view";
import { domainOf } from "./waterfall";
import { estimate, partSaid, signed, VERDICT } from "./words";

export interface PanelProps {
  readonly model: Model;
  readonly id: string;
  /** Counts the drawings, so that each is one. */
  readonly draw: number;
}

/** The whole panel. */
export function ExplanationPanel({ model, id }: PanelProps) {
  const [table, showTable] = useState(false);
  const [box, height] = useSteadyHeight(!table);
  const { payload } = model;
  return (
    <>
      <SteadyHeader
        id={id}
        said={{ ...payload, ...VERDICT[payload.verdict] }}
        roomFor={payload.sentence}
        table={table}
        showTable={showTable}
        sure={() => <Sure payload={payload} />}
        more={(menu) => <More model={model} {...menu} />}
      />
      <div class="al-picture" ref={box} style={height === null ? {} : { height: `${height}px` }}>
        {table ? (
          <div class="al-body al-explained-table">
            <TableView payload={payload} />
          </div>
        ) : (
          <Picture model={model} id={id} />
        )}
      </div>
      <Footer saw={saw(payload)} notes={payload.notes} product={payload.product} />
      <p class="al-live" aria-live="polite">
        {announced(model)}
      </p>
    </>
  );
}

/** Both accountings, and below them what the covariate part is made of. */
function Picture({ model, id }: { model: Model; id: string }) {
  const [pointed, point] = useState<Part | null>(null);
  const { payload } = model;
  const domain = domainOf(payload);
  return (
    <>
      <div class="al-explained">
        <p class="al-why">
          <b>
            Why {payload.loss_words} changed by {signed(payload.total.change)}: parts that add up, in two accountings
          </b>
          <span class="al-aside">grey: as between quiet stretches (placebo)</span>
        </p>
        <div class="al-accountings">
          {payload.accountings.map((one) => (
            <AccountingView key={one.name} model={model} accounting={one} domain={domain} point={point} />
          ))}
        </div>
        <Reading model={model} pointed={pointed} />
      </div>
      {payload.columns.length > 0 && (
        <div class="al-body al-shares">
          <Columns model={model} id={id} />
          <Slices model={model} id={id} />
        </div>
      )}
    </>
  );
}

/** What a screen reader hears of the selection. */
function announced({ shown, shownColumn, part, payload }: Model): string {
  if (shown !== null) return `${shown.words}: ${estimate(shown)}`;
  if (shownColumn !== null) return `${shownColumn.column}: ${estimate(shownColumn)}`;
  return part === null ? payload.favoured_words : partSaid(part);
}

/** What the panel saw. */
function saw(payload: ExplanationPayload): string {
  return [
    `reference ${seen(payload, payload.reference)}`,
    `current ${seen(payload, payload.current)}`,
    payload.loss_words,
    payload.every === null ? `independent ${payload.noun}` : `blocks of ${payload.every}`,
  ].join(" · ");
}

function seen({ zone, noun }: ExplanationPayload, window: Window): string {
  const { start_ms: start, end_ms: end } = window;
  const dates = start === null || end === null ? "" : `${span(start, end, zone)}, `;
  return `${dates}${count(window.n_rows)} ${noun}, ${count(window.n_labelled)} with labels`;
}
