// Lines of equal density around a sparse histogram's cells.

type Numbers = readonly number[];

/** Counts on a grid with an empty rim, smoothed: what lies between grid points is straight. */
export interface Field {
  /** Middle of each column and row of cells. */
  readonly xs: Numbers;
  readonly ys: Numbers;
  /** Column by column. */
  readonly z: Float64Array;
  readonly limits: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

const PASSES = 4;
const RIM = PASSES + 1; // so that nothing reaches the outermost points, and every line closes

/** Returns the field of cells; `cell` = x cell * number of y cells + y cell, and edges hold the last cell's end. */
export function fieldOf(cell: Numbers, n: Numbers, xEdges: Numbers, yEdges: Numbers): Field {
  const [xs, ys] = [middles(xEdges), middles(yEdges)];
  const [across, up] = [xEdges.length - 1, yEdges.length - 1];
  let z = new Float64Array(xs.length * ys.length);
  for (const [i, place] of cell.entries()) {
    const [column, row] = [Math.floor(place / up), place % up];
    if (column < across) z[(column + RIM) * ys.length + row + RIM] = n[i] as number;
  }
  for (let pass = 0; pass < PASSES; pass++)
    z = smoothed(smoothed(z, xs.length, ys.length, ys.length), xs.length, ys.length, 1);
  const ends = (edges: Numbers) => [edges[0] ?? 0, edges.at(-1) ?? 1] as const;
  return { xs, ys, z, limits: { x: ends(xEdges), y: ends(yEdges) } };
}

/** Middles of cells, and of as many of the rim on both sides as wide as the outermost. */
function middles(edges: Numbers): number[] {
  const at = (i: number) => edges[i] as number;
  const last = edges.length - 1;
  const [before, after] = [at(1) - at(0), at(last) - at(last - 1)];
  const inner = edges.slice(0, -1).map((edge, i) => (edge + at(i + 1)) / 2);
  const rim = (from: number, by: number) => Array.from({ length: RIM }, (_, i) => from + (i + 0.5) * by);
  return [...rim(at(0), -before).reverse(), ...inner, ...rim(at(last), after)];
}

/** Weights 1, 2, 1 along one axis; `step` leads to the next value on it. */
function smoothed(z: Float64Array, across: number, up: number, step: number): Float64Array<ArrayBuffer> {
  const size = across * up;
  const isFirst = (i: number) => (step === 1 ? i % up === 0 : i < up);
  const isLast = (i: number) => (step === 1 ? i % up === up - 1 : i >= size - up);
  const at = (i: number) => z[i] as number;
  return Float64Array.from(z, (value, i) => {
    const [before, after] = [isFirst(i) ? 0 : at(i - step), isLast(i) ? 0 : at(i + step)];
    return (before + 2 * value + after) / 4;
  });
}

/** Returns the density above which a share of all that was counted lies. */
export function levelOf({ z }: Field, share: number): number {
  const sorted = [...z].filter((value) => value > 0).sort((a, b) => b - a);
  const goal = share * sorted.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (const value of sorted) {
    sum += value;
    if (sum >= goal) return value;
  }
  return Number.POSITIVE_INFINITY;
}

// Sides of a square that a line enters and leaves by, denser on its left; by which corners are dense: 1 for the lower left,
// 2 the lower right, 4 the upper right, 8 the upper left.
const [BOTTOM, RIGHT, TOP, LEFT] = [0, 1, 2, 3];
const SIDES: readonly Numbers[] = [
  [],
  [BOTTOM, LEFT],
  [RIGHT, BOTTOM],
  [RIGHT, LEFT],
  [TOP, RIGHT],
  [BOTTOM, LEFT, TOP, RIGHT],
  [TOP, BOTTOM],
  [TOP, LEFT],
  [LEFT, TOP],
  [BOTTOM, TOP],
  [RIGHT, BOTTOM, LEFT, TOP],
  [RIGHT, TOP],
  [LEFT, RIGHT],
  [BOTTOM, RIGHT],
  [LEFT, BOTTOM],
  [],
];

/** Returns the closed lines on which the density is `level`, as a rounded path in pixels. */
export function contour(
  field: Field,
  level: number,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  const next = sidesOf(field, level);
  const { limits } = field;
  const clamp = (value: number, [low, high]: readonly [number, number]) => Math.max(low, Math.min(high, value));
  const point = (side: number) => {
    const [a, b] = crossing(field, level, side);
    return [x(clamp(a, limits.x)), y(clamp(b, limits.y))] as const;
  };
  let d = "";
  for (const start of next.keys()) {
    const ring: (readonly [number, number])[] = [];
    for (let side: number | undefined = start; side !== undefined && next.has(side); ) {
      ring.push(point(side));
      const to: number | undefined = next.get(side);
      next.delete(side);
      side = to;
    }
    d += rounded(ring);
  }
  return d;
}

/** From each side that a line crosses to the one that it crosses next; a side is 2 × its point, and 1 more upwards. */
function sidesOf({ xs, ys, z }: Field, level: number): Map<number, number> {
  const next = new Map<number, number>();
  const up = ys.length;
  for (let i = 0; i + 1 < xs.length; i++)
    for (let j = 0; j + 1 < up; j++) {
      const at = i * up + j;
      const corners = [at, at + up, at + up + 1, at + 1];
      const dense = corners.reduce((sum, corner, bit) => sum + ((z[corner] as number) >= level ? 1 << bit : 0), 0);
      const sides = [2 * at, 2 * (at + up) + 1, 2 * (at + 1), 2 * at + 1];
      const crossed = SIDES[dense] as Numbers;
      for (let k = 0; k < crossed.length; k += 2)
        next.set(sides[crossed[k] as number] as number, sides[crossed[k + 1] as number] as number);
    }
  return next;
}

function crossing({ xs, ys, z }: Field, level: number, side: number): readonly [number, number] {
  const up = ys.length;
  const at = side >> 1;
  const [i, j] = [Math.floor(at / up), at % up];
  const upwards = side % 2 === 1;
  const [from, to] = [z[at] as number, z[upwards ? at + 1 : at + up] as number];
  const part = (level - from) / (to - from);
  const between = (values: Numbers, k: number) =>
    (values[k] as number) + part * ((values[k + 1] as number) - (values[k] as number));
  return upwards ? [xs[i] as number, between(ys, j)] : [between(xs, i), ys[j] as number];
}

/** A closed curve through the middles of a ring's sides, drawn towards its points. */
function rounded(ring: readonly (readonly [number, number])[]): string {
  const last = ring.at(-1);
  if (last === undefined || ring.length < 3) return "";
  const said = ([a, b]: readonly [number, number]) => `${a.toFixed(1)},${b.toFixed(1)}`;
  const middle = (a: readonly [number, number], b: readonly [number, number]) =>
    said([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  const curves = ring.map((one, i) => `Q${said(one)} ${middle(one, ring[(i + 1) % ring.length] as typeof one)}`);
  return `M${middle(last, ring[0] as typeof last)}${curves.join("")}Z`;
}
