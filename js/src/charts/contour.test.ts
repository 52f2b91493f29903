import { expect, test } from "vitest";
import { contour, fieldOf, levelOf } from "./contour";

const EDGES = Array.from({ length: 21 }, (_, i) => i);
const same = (value: number) => value;

/** Users around the middle of 20 by 20 cells. */
function hill(x: number, y: number, wide: number) {
  const [cell, n]: [number[], number[]] = [[], []];
  for (let i = 0; i < 20; i++)
    for (let j = 0; j < 20; j++) {
      cell.push(20 * i + j);
      n.push(1000 * Math.exp(-((i + 0.5 - x) ** 2 + (j + 0.5 - y) ** 2) / (2 * wide ** 2)));
    }
  return fieldOf(cell, n, EDGES, EDGES);
}

/** Points of a path, ring by ring. */
const rings = (d: string) =>
  d
    .split("M")
    .slice(1)
    .map((ring) => [...ring.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const));

test("the line around half of a round hill is a circle as wide as half of a normal distribution", () => {
  const field = hill(10, 10, 2);
  const [ring = []] = rings(contour(field, levelOf(field, 0.5), same, same));
  // Four passes of 1, 2, 1 add a variance of two.
  const radius = Math.sqrt(2 * Math.log(2) * (4 + 2));
  for (const [x, y] of ring) expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(radius, 0);
});

test("two hills have a line each, and one line that goes around both", () => {
  const [left, right] = [hill(5, 10, 1), hill(15, 10, 1)];
  const field = { ...left, z: left.z.map((value, i) => value + (right.z[i] as number)) };
  expect(rings(contour(field, levelOf(field, 0.5), same, same))).toHaveLength(2);
  const near = hill(9, 10, 1);
  const joined = { ...near, z: near.z.map((value, i) => value + (hill(11, 10, 1).z[i] as number)) };
  expect(rings(contour(joined, levelOf(joined, 0.9), same, same))).toHaveLength(1);
});

test("a line closes at the rim, and never leaves the cells", () => {
  const field = hill(0, 20, 3);
  const [ring = []] = rings(contour(field, levelOf(field, 0.95), same, same));
  expect(ring.length).toBeGreaterThan(4);
  for (const [x, y] of ring) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(20);
  }
});

test("without anyone there is no line", () => {
  const field = fieldOf([], [], EDGES, EDGES);
  expect(contour(field, levelOf(field, 0.5), same, same)).toBe("");
});
