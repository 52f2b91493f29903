// Natural variation of one number a bucket: what Python's `learn_natural` makes of the same numbers.
import { expect, test } from "vitest";
import golden from "../../../tests/golden/natural.json";
import { learnTogether, type Natural, SCALAR } from "./natural";

const close = (actual: number, expected: number, name: string) =>
  expect(Math.abs(actual - expected), `${name}: ${actual} for ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.abs(expected) + 1e-14,
  );

test.each(golden.cases)("$name vary in the page as in Python", (one) => {
  const windows = {
    reference: Int32Array.from(one.windows.reference),
    current: Int32Array.from(one.windows.current),
    position: Int32Array.from(one.windows.position),
    season: Int32Array.from(one.windows.season),
    timeless: one.windows.timeless,
  };
  const n = Float64Array.from(one.n);
  const wider = Float64Array.from(one.wider);
  const [shape, rate] = one.noise;
  const noise = one.noise.length === 0 ? SCALAR : { mean: 1, shape: shape as number, rate: rate as number };
  const parts = one.parts.map((part) => Float64Array.from(part));
  const series = { parts, noise, variance: Float64Array.from(one.variance), n };
  const [natural] = learnTogether([series], windows) as [Natural];
  const which = windows.current.filter((d) => (n[d] as number) > 0);
  close(natural.step, one.step, "step");
  close(natural.pvalue(one.step), one.pvalue, "p-value");
  close(natural.width(which, n, wider, 0.05), one.width, "width");
  close(natural.betweenShare, one.between_share, "share between buckets");
  close(natural.caution, one.caution, "caution");
  close(natural.raising, one.raising, "raising");
  expect(natural.covered).toBe(one.covered);
  expect(natural.wandering).toBe(one.wandering);
  for (const [i, chance] of [0.05, 0.003].entries())
    if (one.reaches[i] !== undefined) close(natural.reach(chance), one.reaches[i], `reach at ${chance}`);
  if (one.reach_wider !== null) close(natural.reach(0.05, wider), one.reach_wider, "reach of wider rows");
});
