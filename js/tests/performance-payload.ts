// A performance payload made of what Python judged of a small log: what the tests of the panel draw.
import golden from "../../tests/golden/performance.json";
import type { PerformancePayload, Series } from "../src/contract/performance";

const found = golden.cases.find(({ name }) => name === "binary");
const judged = found?.payload as unknown as Partial<PerformancePayload> & { readonly series: readonly Series[] };

/** The payload of 49 days of scores that are wrong from 5 February on, with two segments. */
export function performance(part: Partial<PerformancePayload> = {}): PerformancePayload {
  return {
    kind: "performance",
    format: 1,
    id: "made-up",
    product: "afterlaunch 0.1.0",
    noun: "rows",
    sentence: "Python says so.",
    evidence: "Python is sure.",
    task: "binary",
    classes: ["False", "True"],
    by: "site",
    curves: [],
    maturation: null,
    findings: [],
    notes: ["made up"],
    code: "al.measure_performance(log, reference={reference}, current={current}, by='site')",
    ...judged,
    series: judged.series.map((one) => ({ ...one, estimated: null, estimates: null })),
    ...part,
  } as PerformancePayload;
}

/** The same where some buckets at the end wait for their labels. */
export function immature(last: number): PerformancePayload {
  const payload = performance();
  const { buckets } = payload;
  const mature = buckets.mature.map((_, d) => d < buckets.mature.length - last);
  return performance({ buckets: { ...buckets, mature } });
}
