import type { LoopPayload } from "../../contract/loops";
import { State } from "../shared/states";

/** Whether there is nothing to draw at all. */
export const isEmpty = ({ periods, labels }: LoopPayload) => periods === null && labels === null;

export const Nothing = ({ id, payload }: { id: string; payload: LoopPayload }) => (
  <State id={id} mark="◌" title={payload.sentence} text={`${payload.evidence} ${payload.level_words}`} />
);
