import { useState } from "preact/hooks";
import { count } from "../../charts/format";
import type { LoopPayload } from "../../contract/loops";
import { Footer } from "../shared/footer";
import { SteadyHeader } from "../shared/header";
import { useSteadyHeight } from "../shared/steady-height";
import { BubblesBlock } from "./bubbles-block";
import { GainBlock } from "./gain-block";
import { ItemsBlock } from "./items-block";
import { Kinds } from "./kinds";
import { LabelsView } from "./labels-view";
import { measureSaid, measuresOf } from "./measures";
import { MeritBlock } from "./merit-block";
import type { Model } from "./model";
import { More } from "./more";
import { SeenBlock } from "./seen-block";
import { Strip } from "./strip";
import { Sure } from "./sure";
import { TableView } from "./table-view";
import { Tabs } from "./tabs";
import { WhatIfBlock } from "./what-if";
import { dates, many, VERDICT } from "./words";

export interface PanelProps {
  readonly model: Model;
  readonly id: string;
  /** Counts the drawings, so that each is one. */
  readonly draw: number;
}

export type Tab = "loop" | "labels";

/** The whole panel. */
export function LoopPanel({ model, id }: PanelProps) {
  const { payload } = model;
  const [table, showTable] = useState(false);
  const [tab, choose] = useState<Tab>(payload.periods === null ? "labels" : "loop");
  const both = payload.periods !== null && payload.labels !== null;
  const [box, least] = useSteadyHeight(!table && (tab === "loop" || !both));
  const own = both ? { role: "tabpanel" as const, id: `${id}-${tab}`, "aria-labelledby": `${id}-tab-${tab}` } : {};
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
      <Kinds kinds={payload.kinds} />
      {both && <Tabs id={id} tab={tab} choose={choose} />}
      <div
        class="al-picture"
        ref={box}
        style={least === null ? {} : { [table ? "height" : "minHeight"]: `${least}px` }}
        {...own}
      >
        {tab === "loop" && <Strip model={model} />}
        <div class="al-body al-loops">
          {table ? (
            <TableView model={model} tab={tab} />
          ) : tab === "labels" && payload.labels !== null ? (
            <LabelsView payload={payload} labels={payload.labels} />
          ) : (
            <Loop model={model} id={id} />
          )}
        </div>
      </div>
      <Footer saw={saw(payload)} notes={payload.notes} product={payload.product} />
      <p class="al-live" aria-live="polite">
        {model.moving ? "" : announced(model)}
      </p>
    </>
  );
}

function Loop({ model, id }: { model: Model; id: string }) {
  const { payload } = model;
  return (
    <>
      <div class="al-loop-left">
        <MeritBlock model={model} id={id} />
        <SeenBlock model={model} />
        <ItemsBlock payload={payload} />
      </div>
      <div class="al-detail al-loop-right">
        <GainBlock payload={payload} />
        <WhatIfBlock model={model} />
        <BubblesBlock model={model} />
      </div>
    </>
  );
}

/** What the panel saw, and how its numbers were made. */
function saw(payload: LoopPayload): string {
  const { periods, gain, labels } = payload;
  const used = gain.instruments.find(({ name }) => name === gain.instrument);
  return [
    `${count(payload.n_impressions)} ${periods === null ? payload.noun : "impressions"}`,
    ...(periods === null
      ? []
      : [
          `${count(payload.n_items)} ${payload.noun}`,
          `${periods.starts_ms.length} ${many(periods.noun, periods.starts_ms.length)}`,
        ]),
    ...(payload.n_users === null ? [] : [`${count(payload.n_users)} users`]),
    ...(payload.feedback === "" ? [] : [`feedback: ${payload.feedback}`]),
    ...(used === undefined ? [] : [`gain: ${used.title}, Anderson–Rubin interval`]),
    ...(labels === null ? [] : ["rates of all weighted by the chance of a label"]),
  ].join(" · ");
}

/** What is spoken once a control rests. */
function announced(model: Model): string {
  const { payload, period } = model;
  const measure = measuresOf(model)[0];
  return measure === undefined
    ? payload.sentence
    : `${dates(payload, period)}: ${measure.title} ${measureSaid(measure, period)}`;
}
