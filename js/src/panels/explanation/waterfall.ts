// Where the bars of a waterfall stand: each part begins where the one before it ended.

import type { Accounting, ExplanationPayload, Part } from "../../contract/explain";

export type Domain = readonly [number, number];

/** A part and the loss at which it begins. */
export interface Step {
  readonly part: Part;
  readonly from: number;
}

/** Returns the parts that add up, one after another, and the whole of them. */
export function stepsOf({ parts }: Accounting, { reference, total }: ExplanationPayload): readonly Step[] {
  let level = reference.loss;
  const steps: Step[] = [];
  for (const part of parts) {
    if (part.within !== null) continue;
    steps.push({ part, from: level });
    level += part.change ?? 0;
  }
  return [...steps, { part: total, from: reference.loss }];
}

/** The losses that both waterfalls show: all bars, and of intervals and placebos as much as leaves the bars in sight. */
export function domainOf(payload: ExplanationPayload): Domain {
  const steps = payload.accountings.flatMap((one) => stepsOf(one, payload));
  const bars = [payload.current.loss, ...steps.flatMap(({ part, from }) => [from, from + (part.change ?? 0)])];
  const [least, most] = [Math.min(...bars), Math.max(...bars)];
  const room = (most - least || Math.abs(most) || 1) * 0.9;
  const ends = steps.flatMap(({ part, from }) =>
    [part.low, part.high, part.placebo_low, part.placebo_high].flatMap((end) => (end === null ? [] : [from + end])),
  );
  const low = Math.max(least - room, Math.min(least, ...ends));
  const high = Math.min(most + room, Math.max(most, ...ends));
  const air = (high - low || 1) * 0.03;
  return [low - air, high + air];
}
