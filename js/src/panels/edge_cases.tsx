// The edge-case panel: where a model does worse, and whether those rows are odd.

import type { EdgeCasePayload } from "../contract/edges";
import { type AllCounts, readAll } from "./edge_cases/counts";
import { Model } from "./edge_cases/model";
import { EdgeCasePanel } from "./edge_cases/panel";
import { isEmpty, Nothing, Waiting } from "./edge_cases/states";
import { panelOf } from "./shared/panel-of";

export const panel = panelOf({
  kind: "edge_cases",
  what: "Its numbers",
  nothing: (payload: EdgeCasePayload, id) => (isEmpty(payload) ? <Nothing id={id} payload={payload} /> : null),
  waiting: (payload, id) => <Waiting id={id} payload={payload} />,
  read: readAll,
  model: (payload, counts: AllCounts, live, listener) => new Model(payload, counts, live, listener),
  panel: EdgeCasePanel,
});
