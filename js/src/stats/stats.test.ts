// What the golden vectors do not reach: the special functions and the corrections, against known values.
import { expect, test } from "vitest";
import { psi, psiGroups, wasserstein } from "./distances";
import { gammaMass, logGamma, upperGamma } from "./gamma";
import { benjaminiHochberg, holm, holmThreshold } from "./multiplicity";

test.each([
  [0.5, Math.log(Math.sqrt(Math.PI))],
  [1, 0],
  [5, Math.log(24)],
  [101, 363.73937555556347],
])("logGamma(%d)", (x, expected) => {
  expect(logGamma(x)).toBeCloseTo(expected, 13);
});

test.each([
  [1, 1, Math.exp(-1)],
  [0.5, 2, 0.0455002638963584], // erfc(sqrt 2)
  [4, 30, Math.exp(-30) * 4981],
  [4, 0.5, 0.9982483774437092],
])("upperGamma(%d, %d)", (a, x, expected) => {
  const found = upperGamma(a, x, gammaMass(a, x, logGamma(a)));
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-11);
});

test("upperGamma of nothing is 1", () => {
  expect(upperGamma(2, 0, 0)).toBe(1);
});

test("Holm and Benjamini–Hochberg of a worked example", () => {
  const pvalues = [0.01, 0.04, 0.03, 0.005];
  expect(holm(pvalues)).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holmThreshold(pvalues, 0.05)).toBe(0.025);
  expect(benjaminiHochberg(pvalues).map((q) => Number(q.toFixed(12)))).toEqual([0.02, 0.04, 0.04, 0.02]);
});

test("nothing to adjust is no error", () => {
  expect(holm([])).toEqual([]);
  expect(benjaminiHochberg([])).toEqual([]);
});

test("distances of worked examples", () => {
  expect(psi([50, 50], [50, 50])).toBe(0);
  expect([...psiGroups(Float64Array.of(0.05, 0.05, 0.5, 0.4))]).toEqual([0, 0, 3, 8]);
  expect(wasserstein(Float64Array.of(1, 0), Float64Array.of(0, 1), Float64Array.of(2, 2))).toBe(2);
});
