import { expect, test } from "vitest";
import golden from "../../../../tests/golden/performance.json";
import type { PerformancePayload, Verdict } from "../../contract/performance";
import { evidence, type Said, sentence } from "./words";

const cases = golden.cases.flatMap(({ name, payload, words }) =>
  words.map((one) => ({ ...one, name, payload: payload as unknown as PerformancePayload })),
);

test.each(cases)("$name, $kind: the page says what Python says", ({ payload, verdicts, against, ...said }) => {
  const series = payload.series.map((one, i): Said => {
    const metric = payload.metrics.find(({ name }) => name === one.metric) as PerformancePayload["metrics"][number];
    return { metric, segment: one.segment, judgement: { ...one.judgement, verdict: verdicts[i] as Verdict } };
  });
  expect(sentence(series, against)).toBe(said.sentence);
  expect(evidence(series, payload.alarm_rate, false)).toBe(said.evidence);
});
