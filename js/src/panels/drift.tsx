// The drift panel: any window against any window, in the page.

import type { DriftPayload } from "../contract/drift";
import { decode } from "./drift/decode";
import { Model } from "./drift/model";
import { DriftPanel } from "./drift/panel";
import { Empty, Loading } from "./drift/states";
import { panelOf } from "./shared/panel-of";

export const panel = panelOf({
  kind: "drift",
  what: "Its counts",
  nothing: (payload: DriftPayload, id) => (payload.columns.length === 0 ? <Empty id={id} /> : null),
  waiting: (payload, id) => <Loading id={id} sentence={payload.sentence} />,
  read: decode,
  model: (payload, counts: Float64Array[], live, hooks) => new Model(payload, counts, live, hooks),
  begin: (model) => model.begin(),
  panel: DriftPanel,
});
