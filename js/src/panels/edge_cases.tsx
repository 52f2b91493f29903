// The edge-case panel: where a model does worse, and whether those rows are odd.

import type { EdgeCasePayload } from "../contract/edges";
import { Model } from "./edge_cases/model";
import { EdgeCasePanel } from "./edge_cases/panel";
import { isEmpty, Nothing } from "./edge_cases/states";
import { panelOf } from "./shared/panel-of";

export const panel = panelOf({
  kind: "edge_cases",
  what: "Its numbers",
  nothing: (payload: EdgeCasePayload, id) => (isEmpty(payload) ? <Nothing id={id} payload={payload} /> : null),
  read: (payload) => payload,
  model: (payload, _: EdgeCasePayload, live, hooks) => new Model(payload, live, hooks),
  panel: EdgeCasePanel,
});
