import { useState } from "preact/hooks";
import { count } from "../../charts/format";
import type { PerformancePayload } from "../../contract/performance";
import type { Menu } from "../shared/actions";
import type { Range } from "../shared/axis";
import { Footer } from "../shared/footer";
import { Header } from "../shared/header";
import { dates, type WindowName } from "../shared/windows";
import { rowsCode, selectionCode, viewCode } from "./code";
import { Detail } from "./detail";
import { Metrics } from "./metrics";
import type { Model } from "./model";
import { Overview } from "./overview";
import { Sure } from "./sure";
import { TableView } from "./table-view";
import { MARK } from "./words";

export interface PanelProps {
  readonly model: Model;
  readonly id: string;
}

/** The whole panel. `draw` counts the drawings, so that each is one. */
export function PerformancePanel({ model, id }: PanelProps & { readonly draw: number }) {
  const [table, showTable] = useState(false);
  const { detail, pending, words, verdict, axis, payload } = model;
  return (
    <>
      <Header
        id={id}
        said={{ ...words, mark: MARK[verdict], tone: verdict }}
        roomFor={payload.sentence}
        pending={pending}
        table={table}
        showTable={showTable}
        sure={() => <Sure model={model} />}
        more={(menu) => <More model={model} menu={menu} />}
      />
      {!axis.timeless && detail !== undefined && <Overview model={model} shown={detail} id={id} />}
      <div class={isLow(payload) ? "al-body al-performance al-low" : "al-body al-performance"}>
        {table || detail === undefined ? (
          <TableView model={model} />
        ) : (
          <>
            <Metrics model={model} id={id} />
            <Detail model={model} shown={detail} />
          </>
        )}
      </div>
      {payload.findings.length > 0 && (
        <ul class="al-beside al-findings">
          {payload.findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
      <Footer saw={saw(model)} notes={payload.notes} product={payload.product} />
      <p class="al-live" aria-live="polite">
        {pending ? "" : words.sentence}
      </p>
    </>
  );
}

const FEW = 4;

/** Whether there is little beside the metrics: then the panel is low, whichever of them is chosen. */
const isLow = ({ curves, maturation, segments, metrics }: PerformancePayload) =>
  curves.length === 0 && maturation === null && segments.length + metrics.length <= 2 * FEW;

const KERNEL = "Open in a notebook with a running kernel to read the rows of the current window";

function More({ model, menu }: { model: Model; menu: Menu }) {
  const { live, detail } = model;
  return (
    <>
      <button type="button" onClick={() => menu.copy(viewCode(model))}>
        Copy as code
      </button>
      <button
        type="button"
        disabled={detail === undefined}
        onClick={() => detail && menu.copy(selectionCode(detail.metric.name))}
      >
        Copy selection as code
      </button>
      <button
        type="button"
        aria-disabled={!live}
        title={live ? "Copies the call that returns the rows of the current window as a frame" : KERNEL}
        onClick={() => live && menu.copy(rowsCode())}
      >
        Rows of the current window…
      </button>
      <button
        type="button"
        disabled={model.isOriginal}
        onClick={() => {
          model.reset();
          menu.close();
        }}
      >
        Reset windows
      </button>
    </>
  );
}

const TASK = { binary: "two classes", multiclass: "several classes", regression: "numbers" };

function saw(model: Model): string {
  const { payload, axis } = model;
  const { series, buckets } = payload;
  const rows = ([from, to]: Range) => count(buckets.n_rows.slice(from, to).reduce((a, b) => a + b, 0));
  const labelled = series[0]?.n_labelled.reduce((a, b) => a + b, 0) ?? 0;
  const window = (name: WindowName) =>
    axis.timeless ? `${name} ${rows(model[name])}` : `${name} ${dates(axis, model[name])}, ${rows(model[name])}`;
  return [
    `${rows([0, axis.size])} ${payload.noun}, ${count(labelled)} labelled`,
    window("reference"),
    window("current"),
    `${TASK[payload.task]}${payload.task === "regression" ? "" : `: ${payload.classes.slice(0, 5).join(", ")}`}`,
    ...(buckets.season_name === null ? [] : [`${buckets.season_name} matched`]),
    model.isOriginal ? "judged in Python" : "judged in this page from sums",
  ].join(" · ");
}
