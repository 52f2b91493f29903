// Metrics of any window from sums, and verdicts on their steps.
export { Measure } from "./measure";
export { SCALES } from "./scales";
export { type Compared, decideAll, rangeOf, type Step, stepsOf } from "./step";
export { BucketSums, widthOf } from "./sums";
export type { Found, ScoreCells, Tally } from "./tally";
