// Written by `make sync` from the files beside it; do not edit.
import { panel as drift } from "./drift";
import { panel as edgeCases } from "./edge_cases";
import { panel as explanation } from "./explanation";
import { panel as loops } from "./loops";
import { panel as performance } from "./performance";

export const panels = { drift, edge_cases: edgeCases, explanation, loops, performance };
