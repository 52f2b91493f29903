import { expect, test } from "vitest";
import { cells, LOSS, ODD } from "../../../tests/edges-payload";
import { placeOf, tally } from "./tally";

const density = { odd_edges: ODD, loss_edges: LOSS, n_similar: 50, counts: null, reference: null, current: cells([]) };
const rows = cells([
  [0, 0, 70],
  [3, 1, 10],
  [1, 4, 15],
  [2, 2, 5],
]);

test("rows at a threshold are beyond it, on both axes", () => {
  const { groups } = tally(rows, density, { odd: 2, bad: 2 });
  expect([groups.routine.n, groups.outlier.n, groups.edge_case.n, groups.both.n]).toEqual([70, 10, 15, 5]);
});

test("shares of rows and of loss add up to one, and means are of the labelled rows", () => {
  const unlabelled = { ...rows, n_labelled: [70, 0, 15, 5], loss: [7, 0, 15, 3] };
  const { groups, sum } = tally(unlabelled, density, { odd: 2, bad: 2 });
  const each = Object.values(groups);
  expect(each.reduce((all, one) => all + (one.share ?? 0), 0)).toBeCloseTo(1);
  expect(each.reduce((all, one) => all + (one.lossShare ?? 0), 0)).toBeCloseTo(1);
  expect(groups.outlier.loss).toBeNull();
  expect(sum("edge_case", "both")).toEqual({ n: 20, share: 0.2, loss: 0.9, lossShare: 18 / 25 });
});

test("of no rows there is no share", () => {
  const { groups } = tally(cells([]), density, { odd: 1, bad: 1 });
  expect(groups.routine).toEqual({ n: 0, share: null, loss: null, lossShare: null });
});

test("a threshold stands at its edge, or at the first above it", () => {
  expect([0, 0.9, 0.95, 0.999, 1].map((value) => placeOf(ODD, value))).toEqual([0, 1, 2, 3, 3]);
});
