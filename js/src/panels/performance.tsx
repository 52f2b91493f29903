// The performance panel: every metric over time, and any window against any window, in the page.

import type { PerformancePayload } from "../contract/performance";
import { Model } from "./performance/model";
import { PerformancePanel } from "./performance/panel";
import { readMeasures } from "./performance/read";
import { MARK, overall } from "./performance/words";
import { panelOf } from "./shared/panel-of";
import { State } from "./shared/states";

export const panel = panelOf({
  kind: "performance",
  what: "Its sums",
  nothing: () => null,
  // The verdict stands before the sums are read.
  waiting: (payload: PerformancePayload, id) => (
    <State id={id} mark={MARK[overall(payload.series)]} title={payload.sentence} text="Reading the sums…" />
  ),
  read: readMeasures,
  model: (payload, measures: Awaited<ReturnType<typeof readMeasures>>, live, hooks) =>
    new Model(payload, measures, live, hooks),
  panel: PerformancePanel,
});
