import { expect, test } from "vitest";
import { quantile, singles } from "./bins";
import { shapeOf } from "./distribution";

const edges = [0, 1, 2, 4, 8];
const even = [0.25, 0.25, 0.25, 0.25];

/** The rows under a curve: its points are one unit apart, but for the halves at both ends. */
const area = ({ p, xs, unit }: ReturnType<typeof shapeOf>) =>
  p.reduce((sum, share, i) => {
    const step = (xs[1] as number) - (xs[0] as number);
    return sum + (share / unit) * (i === 0 || i === p.length - 1 ? step / 2 : step);
  }, 0);

test("a curve holds all rows", () => {
  expect(area(shapeOf(edges, { p: even, q: even }))).toBeCloseTo(1, 1);
});

test("a curve is never negative", () => {
  const spiky = [0.01, 0.9, 0.01, 0.08];
  expect(Math.min(...shapeOf(edges, { p: spiky, q: spiky }).p)).toBeGreaterThanOrEqual(0);
});

test("rows beyond the edge of the reference stand beside the plot", () => {
  const shape = shapeOf(edges, { p: even, q: [0.05, 0.05, 0.1, 0.8] });
  expect([shape.below, shape.above]).toEqual([0, 3]);
  expect([shape.low, shape.high]).toEqual([1, 4]);
});

test("bins with equal edges hold a single value, the outer ones never", () => {
  expect(singles([5, 5, 5, 6, 6, 6])).toEqual([
    { bin: 1, to: 2, value: 5 },
    { bin: 3, to: 4, value: 6 },
  ]);
});

test("single values drawn at one place go together", () => {
  expect(singles([5, 6, 6, 6, 6, 9])).toEqual([{ bin: 1, to: 4, value: 6 }]);
});

test("whole numbers are bars of equal width", () => {
  const whole = [1, 1, 1, 2, 2, 3, 3, 3];
  const shares = [0, 0.5, 0, 0.3, 0, 0.2, 0];
  const { unit, bars } = shapeOf(whole, { p: shares, q: shares });
  expect(unit).toBe(0);
  expect(bars.map(({ bin, left, right }) => [bin, left, right])).toEqual([
    [1, 0.5, 1.5],
    [3, 1.5, 2.5],
    [5, 2.5, 3.5],
  ]);
});

test("a frequent value beside a curve keeps a bar of its own", () => {
  const shares = [0.1, 0.5, 0.2, 0.1, 0.1];
  const shape = shapeOf([0, 1, 1, 2, 3, 4], { p: shares, q: shares });
  expect(shape.unit).toBeGreaterThan(0);
  expect(shape.bars).toEqual([{ bin: 1, to: 2, left: 1, right: 1 }]);
});

test("a quantile lies straight inside its bin, and says when it lies in an open one", () => {
  expect(quantile(edges, even, 0.5)).toEqual({ value: 2, beyond: 0 });
  expect(quantile(edges, even, 0.9)?.beyond).toBe(1);
  expect(quantile(edges, even, 0.1)?.beyond).toBe(-1);
  expect(quantile(edges, [0, 0, 0, 0], 0.5)).toBeNull();
});
