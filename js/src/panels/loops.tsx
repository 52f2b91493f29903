// The feedback-loop panel: whether a model feeds on its own output, how strongly, and what could be done.

import type { LoopPayload } from "../contract/loops";
import { Model } from "./loops/model";
import { LoopPanel } from "./loops/panel";
import { isEmpty, Nothing } from "./loops/states";
import { panelOf } from "./shared/panel-of";

export const panel = panelOf({
  kind: "loops",
  what: "Its numbers",
  nothing: (payload: LoopPayload, id) => (isEmpty(payload) ? <Nothing id={id} payload={payload} /> : null),
  read: (payload) => payload,
  model: (payload, _: LoopPayload, live, listener) => new Model(payload, live, listener),
  panel: LoopPanel,
});
