// What is known of a column beside its effect: the verdict, and the numbers that it rests on.

import type { Judgement, Verdict } from "../../contract/drift";
import type { PartName } from "../../stats/index";
import { sizeInPython } from "./chosen";

export interface Decision {
  readonly verdict: Verdict;
  readonly low: number | null;
  readonly high: number | null;
  /** The effect that natural variation alone reaches. */
  readonly natural: number | null;
  readonly needs: string | null;
  /** Whether the values decided, or the share of rows without one. */
  readonly part: PartName;
  readonly pvalue: number | null;
  readonly qvalue: number | null;
  /** Size of the measure that says what matters. */
  readonly measured: number | null;
  readonly psi: number | null;
  readonly js: number | null;
  readonly wasserstein: number | null;
}

/** Python's decision on its own windows. */
export function fromPython(judgement: Judgement, measure: string): Decision {
  const {
    verdict,
    effect_low: low,
    effect_high: high,
    natural,
    needs,
    pvalue,
    qvalue,
    psi,
    js,
    wasserstein,
  } = judgement;
  const measured = sizeInPython(measure, judgement);
  return { verdict, low, high, natural, needs, part: "values", pvalue, qvalue, measured, psi, js, wasserstein };
}

/** The verdict that both lines give for now, while the null of the windows shown is still to come. */
export function provisional(decision: Decision, effect: number | null, matters: number): Decision {
  const { natural } = decision;
  if (effect === null || natural === null) return decision;
  const drifted = effect >= matters && effect > natural;
  const verdict = drifted ? "drifted" : decision.verdict === "cannot_tell" ? "cannot_tell" : "stable";
  return verdict === decision.verdict ? decision : { ...decision, verdict };
}
