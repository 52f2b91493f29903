import { expect, test } from "vitest";
import golden from "../../../../tests/golden/edges.json";
import type { Cells, Density, Series } from "../../contract/edges";
import type { Range } from "../shared/axis";
import { type Contrast, cellsBetween, contrastBetween, meanBetween, readBuckets } from "./counts";

interface Golden {
  readonly name: string;
  readonly n_buckets: number;
  readonly density: Density;
  readonly counts: readonly string[];
  readonly whole: Series;
  readonly part: Series;
  readonly windows: readonly Range[];
  readonly cells: readonly (readonly Cells[])[];
  readonly contrasts: readonly Contrast[];
}

const cases = golden.cases as unknown as readonly Golden[];

const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

test.each(cases)("the cells of any window are those that Python makes of the same counts: $name", async (one) => {
  for (const [i, text] of one.counts.entries()) {
    const counts = await readBuckets(text, one.density, one.n_buckets);
    for (const [j, window] of one.windows.entries()) {
      const made = cellsBetween(counts, one.density, window);
      const told = one.cells[i]?.[j] as Cells;
      expect([made.cell, made.n, made.n_labelled]).toEqual([told.cell, told.n, told.n_labelled]);
      expect(made.loss.every((loss, k) => close(loss, told.loss[k] as number))).toBe(true);
    }
  }
});

test.each(cases)("a slice's effect in any window is Python's: $name", (one) => {
  for (const [j, window] of one.windows.entries()) {
    const made = contrastBetween(one.whole, one.part, window);
    const told = one.contrasts[j] as Contrast;
    expect(made.n).toBe(told.n);
    for (const name of ["mean", "elsewhere", "effect"] as const) {
      if (told[name] === null) expect(made[name]).toBeNull();
      else expect(close(made[name] as number, told[name])).toBe(true);
    }
  }
});

test("a window's mean loss leaves out buckets whose loss is not told", () => {
  const series = { n: [10, 30, 20], realized: [null, 0.5, 0.8] } as unknown as Series;
  expect(meanBetween(series, [0, 3])).toBeCloseTo(0.62);
  expect(meanBetween(series, [0, 1])).toBeNull();
});
