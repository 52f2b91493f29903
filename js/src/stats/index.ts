// Arrays in, numbers out: the statistics of `afterlaunch.stats`, equal to Python's to nine digits.
export { type Bands, bands, bandsOf, type Follower, follow } from "./bands";
export type { Cells, Windows } from "./cells";
export type { PartName } from "./evidence";
export {
  decide,
  type Judged,
  judge,
  type Learnt,
  learn,
  learnInSteps,
  type Needs,
  type Options,
  type Verdict,
} from "./judge";
export { type Measures, measure, measureOne } from "./measure";
