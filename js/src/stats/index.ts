// Arrays in, numbers out: the statistics of `afterlaunch.stats`, equal to Python's to nine digits.
export type { Cells, Windows } from "./cells";
export { type Measures, measure } from "./measure";
