// What matters where the user put another measure than the effect first, as `afterlaunch.drift.decide` has it.

import type { Judgement, Verdict } from "../../contract/drift";
import type { Judged, Measures } from "../../stats/index";

export const EFFECT = "effect";
const LEAST = 0.03; // of the effect, in a column for which the measure is not defined

const change = (before: number | null, after: number | null) =>
  before === null || after === null ? null : Math.abs(after - before);

const SIZE: Record<string, (measures: Measures) => number | null> = {
  [EFFECT]: ({ effect }) => effect,
  ks: ({ ks }) => ks,
  psi: ({ psi }) => psi,
  js: ({ js }) => js,
  hellinger: ({ hellinger }) => hellinger,
  total_variation: ({ totalVariation }) => totalVariation,
  l_infinity: ({ lInfinity }) => lInfinity,
  chi_squared: ({ chiSquared }) => chiSquared,
  wasserstein: ({ wasserstein }) => wasserstein,
  null_share: ({ nullShareReference, nullShareCurrent }) => change(nullShareReference, nullShareCurrent),
  unseen_share: ({ unseenShare }) => unseenShare,
};

/** Returns the size of the measure that says what matters; null where it is not defined. */
export const sizeOf = (measure: string, judged: Measures): number | null => SIZE[measure]?.(judged) ?? null;

/** The same of what Python judged. */
export function sizeInPython(measure: string, judgement: Judgement): number | null {
  if (measure === "null_share") return change(judgement.null_share_reference, judgement.null_share_current);
  return (judgement as unknown as Record<string, number | null>)[measure] ?? null;
}

/** Returns the verdict on a column whose significance is the effect's: it drifted if its measure reaches `atLeast`. */
export function verdictBy(measure: string, judged: Judged, atLeast: number): Verdict {
  if (measure === EFFECT || judged.verdict !== "drifted") return judged.verdict;
  const size = sizeOf(measure, judged);
  const matters = size === null ? (judged.effect ?? 0) >= LEAST : size >= atLeast;
  return matters ? "drifted" : "stable";
}
