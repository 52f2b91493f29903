import { useState } from "preact/hooks";
import { Footer } from "../shared/footer";
import { SteadyHeader } from "../shared/header";
import { Groups } from "./groups";
import type { Model } from "./model";
import { More } from "./more";
import { Overview } from "./overview";
import { Rows } from "./rows";
import { saw } from "./saw";
import { Slices } from "./slices";
import { Sure } from "./sure";
import { TableView } from "./table-view";
import { groupsSaid, headline } from "./words";

export interface PanelProps {
  readonly model: Model;
  readonly id: string;
  /** Counts the drawings, so that each is one. */
  readonly draw: number;
}

/** The whole panel. */
export function EdgeCasePanel({ model, id }: PanelProps) {
  const [table, showTable] = useState(false);
  const { payload } = model;
  const toggle = () => model.inspect(!model.inspecting);
  return (
    <>
      <SteadyHeader
        id={id}
        said={headline(model)}
        roomFor={payload.sentence}
        table={table}
        showTable={showTable}
        sure={() => <Sure payload={payload} />}
        more={(menu) => <More model={model} {...menu} />}
      />
      {payload.series !== null && payload.buckets.every !== null && <Overview model={model} id={id} />}
      <div class="al-body al-edges">
        {table ? (
          <TableView model={model} />
        ) : (
          <>
            <Slices model={model} id={id} />
            {model.inspecting && model.canInspect ? (
              <Rows model={model} id={id} close={toggle} />
            ) : (
              <Groups model={model} inspect={toggle} />
            )}
          </>
        )}
      </div>
      <Footer saw={saw(model)} notes={payload.notes} product={payload.product} />
      <p class="al-live" aria-live="polite">
        {model.moving ? "" : groupsSaid(model)}
      </p>
    </>
  );
}
