import { panel as drift } from "./drift";

export const panels = { drift };
