import type { EdgeCasePayload } from "../../contract/edges";
import { State } from "../shared/states";

/** Whether there is nothing to draw at all. */
export const isEmpty = ({ slices, density }: EdgeCasePayload) =>
  slices.length === 0 && density.current.cell.length === 0;

export const Nothing = ({ id, payload }: { id: string; payload: EdgeCasePayload }) => (
  <State
    id={id}
    mark="◌"
    title={payload.sentence}
    text={`No current row has both a known loss and features to compare. Name a target or a score in the log, wait for labels, or choose a later window. ${payload.evidence}`}
  />
);

export const Waiting = ({ id, payload }: { id: string; payload: EdgeCasePayload }) => (
  <State id={id} mark="◌" title={payload.sentence} text="Reading the counts…" />
);
