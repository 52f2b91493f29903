// The page reaches from sums what Python reached from rows.
import { expect, test } from "vitest";
import golden from "../../../../tests/golden/performance.json";
import type { Judgement, PerformancePayload } from "../../contract/performance";
import { decisions, stepsIn } from "./judge";
import { readMeasures } from "./read";

const payloads = golden.cases.map(({ payload }) => payload as unknown as PerformancePayload);
const LOOSER: Record<string, number> = { roc_auc: 0.02, average_precision: 0.03, calibration_error: 0.01, r2: 1e-4 };

/** Sums hold six digits; rows of one cell of scores are taken as alike. */
const near = (actual: number | null, expected: number | null, share: number, name: string, of = 0.02) => {
  if (expected === null || actual === null) return expect(actual, name).toBe(expected);
  return expect(Math.abs(actual - expected), `${name}: ${actual} for ${expected}`).toBeLessThanOrEqual(
    share * Math.max(Math.abs(expected), of),
  );
};

test.each(payloads)("$task: what the page judges is what Python judged", async (payload) => {
  const measures = await readMeasures(payload);
  const ours = (segment: string | null) => measures.filter(({ series }) => series.segment === segment);
  const steps = [null, ...payload.segments].flatMap((segment) => stepsIn(payload, ours(segment), payload));
  const decided = decisions(payload, steps);
  const judged = new Map(steps.map(({ compared }, i) => [compared.series, decided[i]]));
  for (const series of payload.series) {
    const name = `${series.segment ?? "all"}: ${series.metric}`;
    const [page, python] = [judged.get(series) as Judgement, series.judgement];
    const share = LOOSER[series.metric] ?? 1e-5;
    expect(page.verdict, name).toBe(python.verdict);
    expect(page.needs, name).toBe(python.needs);
    const both = Math.abs(python.like_for_like ?? 0) + Math.abs(python.current.value ?? 0); // a change has the error of both
    for (const key of ["change", "change_low", "change_high", "usual_low", "usual_high", "matters_from"] as const)
      near(page[key], python[key], 3 * share, `${name} ${key}`, Math.max(both / 3, 0.02));
    for (const window of ["reference", "current"] as const)
      for (const key of ["value", "low", "high", "n_rows", "n_labelled"] as const)
        near(page[window][key], python[window][key], share, `${name} ${window} ${key}`);
  }
});

test("values of cells of scores hardly differ from the exact ones, bucket by bucket", async () => {
  const payload = payloads[0] as PerformancePayload;
  for (const measure of await readMeasures(payload)) {
    const { series } = measure;
    if (series.metric !== "roc_auc" || series.segment !== null) continue;
    for (const [d, value] of series.realized.value.entries())
      if (value !== null) near(measure.value(Int32Array.of(d))?.value ?? null, value, 0.02, `bucket ${d}`);
  }
});
