import { expect, test } from "vitest";
import { days, numbers, payload } from "../../../tests/payload";
import { viewCode } from "./code";
import { Model } from "./model";

const HEAD = "al.measure_drift(log, reference={reference}, current={current}";
const WINDOWS = 'al.measure_drift(log, reference=("2013-01-01", "2013-01-11"), current=("2013-01-11", "2013-01-21")';

function coded(code: string, threshold?: number): string {
  const shown = payload([[numbers("a"), days(20, 20, 0)]], { code });
  const counts = [Float64Array.from(days(20, 20, 0).flat())];
  const model = new Model(shown, counts, false, { draw: () => {}, choose: () => {}, ask: () => Promise.reject() });
  if (threshold !== undefined) model.threshold = threshold;
  return viewCode(model);
}

test("the windows stand before the options", () => {
  expect(coded(`${HEAD})`)).toBe(`${WINDOWS})`);
});

test("a column called as a place for a window keeps its name", () => {
  expect(coded("al.measure_drift(new, reference=old, columns=['{current}'])")).toBe(
    "al.measure_drift(new, reference=old, columns=['{current}'])",
  );
});

test.each([
  [
    `${HEAD}, measures=[PSI(bins=12, min_effect=0.2)])`,
    `${WINDOWS}, min_effect=0.5, measures=[PSI(bins=12, min_effect=0.2)])`,
  ],
  [`${HEAD}, min_effect=0.1, every='1h')`, `${WINDOWS}, min_effect=0.5, every='1h')`],
  [`${HEAD}, columns=['a, min_effect=7'])`, `${WINDOWS}, min_effect=0.5, columns=['a, min_effect=7'])`],
])("a threshold that was moved is the first option: %s", (code, expected) => {
  expect(coded(code, 0.5)).toBe(expected);
});
