// Written by `make sync` from the files beside it; do not edit.
import { panel as drift } from "./drift";

export const panels = { drift };
