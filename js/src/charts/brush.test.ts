import { expect, test } from "vitest";
import { moved } from "./brush";

test("a window that is moved keeps its length and stays on the axis", () => {
  expect(moved([2, 4], "body", 3, 10)).toEqual([5, 7]);
  expect(moved([2, 4], "body", 99, 10)).toEqual([8, 10]);
  expect(moved([2, 4], "body", -99, 10)).toEqual([0, 2]);
});

test("an edge that is moved leaves at least one bucket", () => {
  expect(moved([2, 4], "start", 9, 10)).toEqual([3, 4]);
  expect(moved([2, 4], "end", -9, 10)).toEqual([2, 3]);
  expect(moved([2, 4], "end", 99, 10)).toEqual([2, 10]);
});
