import type { Verdict } from "../../contract/drift";
import type { Decision } from "./decision";
import type { Shown } from "./model";
export function roughly(shown: Shown, reference: readonly [number, number], steps: readonly (readonly [number, number])[], minEffect: number): { judged: Decision; band: number } {
  let band = 0.01;
  steps.forEach(([a, b], i) => { if (a >= reference[0] && b <= reference[1]) band = Math.max(band, (shown.steps[i] || 0) * 1.15); });
  const natural = band * 0.8;
  const effect = shown.effect ?? 0;
  const verdict: Verdict = effect > natural && effect >= minEffect ? "drifted" : "stable";
  return { judged: { verdict, low: Math.max(0, effect - natural / 2), high: Math.min(1, effect + natural / 2), natural, needs: null, pvalue: null, qvalue: null, psi: null, js: null, wasserstein: null }, band };
}
