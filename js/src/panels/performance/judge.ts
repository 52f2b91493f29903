// Verdicts on all series of a report for any two windows.

import type { Judgement, PerformancePayload } from "../../contract/performance";
import type { Windows } from "../../stats/index";
import { decideAll, type Measure, type Step, stepsOf } from "../../stats/performance/index";
import type { Range } from "../shared/axis";
import { bucketsOf } from "./read";

export interface Pair {
  readonly reference: Range;
  readonly current: Range;
}

/** The windows as the statistics take them: of buckets that are mature alone. */
export function windowsOf({ buckets }: PerformancePayload, { reference, current }: Pair): Windows {
  const mature = (range: Range) => bucketsOf(range).filter((d) => buckets.mature[d]);
  return {
    reference: mature(reference),
    current: mature(current),
    position: Int32Array.from(buckets.position),
    season: Int32Array.from(buckets.season),
    timeless: buckets.every === null,
  };
}

/** Labelled rows of the buckets that are judged. */
export const judgedRows = ({ series }: Measure, { mature }: PerformancePayload["buckets"]) =>
  Float64Array.from(series.n_labelled, (rows, d) => (mature[d] ? rows : 0));

/** The steps of measures of the same rows, which are not decided before those of all others are known. */
export function stepsIn(payload: PerformancePayload, measures: readonly Measure[], pair: Pair): Step[] {
  const windows = windowsOf(payload, pair);
  return stepsOf(measures.map((measure) => measure.compare(windows, judgedRows(measure, payload.buckets))));
}

/** All verdicts: those of all rows share one level, those of segments another. */
export function decisions({ alarm_rate }: PerformancePayload, steps: readonly Step[]): Judgement[] {
  const whole = steps.filter(({ compared }) => compared.series.segment === null);
  const parts = steps.filter(({ compared }) => compared.series.segment !== null);
  const [ofWhole, ofParts] = decideAll(whole, parts, alarm_rate);
  const decided = new Map([...pairs(whole, ofWhole), ...pairs(parts, ofParts)]);
  return steps.map((step) => decided.get(step) as Judgement);
}

const pairs = (steps: readonly Step[], judgements: readonly Judgement[]): [Step, Judgement][] =>
  judgements.map((judgement, i) => [steps[i] as Step, judgement]);
