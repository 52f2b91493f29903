import { expect, test } from "vitest";
import { days, numbers, payload } from "../../../tests/payload";
import type { Buckets } from "../../contract/drift";
import { axisOf, toRange, toWindow } from "./axis";

const daily = (n: number, part: Partial<Buckets> = {}) =>
  axisOf({ ...payload([[numbers("x"), days(n, 0, 0)]]).buckets, ...part });

test("few buckets are shown one by one, many in weeks", () => {
  expect([daily(60).steps.length, daily(60).step]).toEqual([60, "day"]);
  expect([daily(365).steps.length, daily(365).step]).toEqual([52, "week"]);
  expect(daily(365).steps.at(-1)).toEqual([357, 365]);
});

test("buckets of a number of rows have times, and steps of so many rows", () => {
  const axis = daily(200, { every: "1000 rows" });
  expect([axis.timeless, axis.bucket, axis.step]).toEqual([false, "1000 rows", "4000 rows"]);
  expect(daily(30, { every: "1 rows" }).step).toBe("row");
});

test("a step is of equal time, also where buckets are missing", () => {
  const position = Array.from({ length: 200 }, (_, i) => (i < 3 ? i : i + 20));
  expect(daily(200, { position }).steps[0]).toEqual([0, 3]);
});

test("a window goes to Python and back", () => {
  const axis = daily(30);
  expect(toWindow(axis, [2, 5])).toEqual(["2013-01-03T00:00:00+00:00", "2013-01-06T00:00:00+00:00"]);
  expect(toRange(axis, toWindow(axis, [2, 5]))).toEqual([2, 5]);
  expect(toRange(axis, toWindow(axis, [0, 30]))).toEqual([0, 30]);
});

test("a window from elsewhere takes the buckets that it touches, and one that cannot be read takes none", () => {
  const axis = daily(30);
  expect(toRange(axis, ["2013-01-03T10:00:00Z", "2013-01-04T10:00:00Z"])).toEqual([2, 4]);
  expect(toRange(axis, ["2013-01-04", "2013-01-03"])).toBeNull();
  expect(toRange(axis, ["soon", "later"])).toBeNull();
});
