// The explanation panel: why a mean loss changed, in two accountings side by side.

import type { ExplanationPayload } from "../contract/explain";
import { Model } from "./explanation/model";
import { ExplanationPanel } from "./explanation/panel";
import { panelOf } from "./shared/panel-of";

export const panel = panelOf({
  kind: "explanation",
  what: "Its numbers",
  nothing: () => null,
  read: (payload: ExplanationPayload) => payload,
  model: (payload: ExplanationPayload, _: ExplanationPayload, live, listener) => new Model(payload, live, listener),
  panel: ExplanationPanel,
});
