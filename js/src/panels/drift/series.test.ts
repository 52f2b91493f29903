import { expect, test } from "vitest";
import { categories, days, numbers } from "../../../tests/payload";
import { measure } from "../../stats/index";
import { ownBins } from "./decode";
import { Series } from "./series";

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

/** Both ways to compute an effect: prefix sums that follow a drag, and the statistics proper. */
function bothEffects(column: ReturnType<typeof numbers>, counts: readonly (readonly number[])[], season: Int32Array) {
  const flat = Float64Array.from(counts.flat());
  const series = new Series(column, flat, season);
  series.compareWith([0, 14]);
  const k = column.ordered ? column.edges.length - 1 : column.labels.length;
  const cells = { counts: flat, k, ordered: column.ordered, widths: null, pooled: column.pooled };
  const windows = { reference: range(0, 14), current: range(17, 26), position: range(0, 28), season, timeless: false };
  const [measured] = measure([cells], windows);
  return { followed: series.effect([17, 26]), shares: series.shares([17, 26]), measured };
}

const weekday = Int32Array.from({ length: 28 }, (_, day) => day % 7);
const none = new Int32Array(28);
const withGaps = days(28, 16, 30).map((cells, day) => [...cells.slice(0, 4), day > 20 ? 60 : 1, 2, day % 2, 0]);
const withUnseen = days(28, 16, 30).map((cells) => [...cells.slice(0, 7), 40]);

test.each([
  ["numbers", numbers("x"), days(28, 16, 30), none],
  ["numbers, weekdays matched", numbers("x"), days(28, 16, 30), weekday],
  [
    "a season that the reference lacks",
    numbers("x"),
    days(28, 16, 30),
    Int32Array.from(weekday, (d, i) => (i === 20 ? 7 : d)),
  ],
  ["missing values", numbers("x"), withGaps, weekday],
  ["categories", categories("x", ["a", "b", "c", "d"]), withUnseen, weekday],
  ["no value at all", numbers("x"), days(28, 16, 0).map(() => [0, 0, 0, 0, 9, 0, 0, 0]), none],
])("the effect that follows a drag is the effect of the statistics: %s", (_, column, counts, season) => {
  const { followed, shares, measured } = bothEffects(column, counts, season);
  expect(followed ?? 0).toBeCloseTo(measured?.effect ?? 0, 12);
  for (const [i, share] of shares.p.entries()) expect(share).toBeCloseTo(measured?.p[i] as number, 12);
  for (const [i, share] of shares.q.entries()) expect(share).toBeCloseTo(measured?.q[i] as number, 12);
});

test("bins beyond the reference's range are drawn, and judged as part of its outer ones", () => {
  const column = numbers("x", { edges: [-20, -10, 0, 10, 20, 30, 40, 50], beyond: [2, 1] });
  const counts = days(28, 16, 30).map((cells, day) => {
    const [first = 0, ...rest] = cells;
    return [0, day > 16 ? 9 : 0, first, ...rest.slice(0, 3), day > 16 ? 5 : 0, ...rest.slice(3)];
  });
  const series = new Series(column, Float64Array.from(counts.flat()), none);
  series.compareWith([0, 14]);
  const own = ownBins(column, Float64Array.from(counts.flat()));
  expect(own.edges).toEqual([0, 10, 20, 30, 40]);
  const cells = { counts: own.counts, k: 4, ordered: true, widths: null, pooled: null };
  const windows = {
    reference: range(0, 14),
    current: range(17, 26),
    position: range(0, 28),
    season: none,
    timeless: false,
  };
  const [measured] = measure([cells], windows);
  expect(series.effect([17, 26])).toBeCloseTo(measured?.effect as number, 12);
  expect(series.shares([17, 26]).q[1]).toBeGreaterThan(0);
});
