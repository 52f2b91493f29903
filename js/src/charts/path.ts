// The `d` of an SVG path, one for a whole series.

type Numbers = ArrayLike<number>;

const at = (values: Numbers, i: number) => values[i] as number;
const tenth = (value: number) => Math.round(value * 10) / 10;
const point = (x: number, y: number) => `${tenth(x)},${tenth(y)}`;

/** Returns straight lines through the points; a missing `y` (NaN) breaks the line. */
export function line(xs: Numbers, ys: Numbers): string {
  let d = "";
  let pen = "M";
  for (let i = 0; i < ys.length; i++) {
    if (Number.isNaN(at(ys, i))) {
      pen = "M";
      continue;
    }
    d += pen + point(at(xs, i), at(ys, i));
    pen = "L";
  }
  return d;
}

/** Returns stairs: `ys[i]` from `xs[i]` to `xs[i + 1]`. */
export function stairs(xs: Numbers, ys: Numbers): string {
  let d = "";
  for (let i = 0; i < ys.length; i++) {
    d += `${i ? "L" : "M"}${point(at(xs, i), at(ys, i))}H${tenth(at(xs, i + 1))}`;
  }
  return d;
}

/** Returns a band from the base line up to `heights`, step by step; nothing where a height is not known (NaN). */
export function band(edges: Numbers, heights: Numbers, top: (height: number) => number, base: number): string {
  const ys = Array.from(heights, (height) => (Number.isNaN(height) ? base : top(height)));
  return closed(stairs(edges, ys), at(edges, 0), at(edges, ys.length), base);
}

/** Returns the slopes of a monotone cubic through the points: between two points it never leaves their range. */
export function slopes(xs: Numbers, ys: Numbers): Float64Array {
  const n = xs.length;
  const out = new Float64Array(n);
  const secant = (i: number) => (at(ys, i + 1) - at(ys, i)) / (at(xs, i + 1) - at(xs, i));
  for (let i = 1; i < n - 1; i++) {
    const before = secant(i - 1);
    const after = secant(i);
    out[i] = before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  }
  if (n > 1) {
    out[0] = secant(0);
    out[n - 1] = secant(n - 2);
  }
  return out;
}

/** Returns a monotone cubic through the points. */
export function smooth(xs: Numbers, ys: Numbers): string {
  if (xs.length < 3) return line(xs, ys);
  const slope = slopes(xs, ys);
  let d = `M${point(at(xs, 0), at(ys, 0))}`;
  for (let i = 0; i + 1 < xs.length; i++) {
    const third = (at(xs, i + 1) - at(xs, i)) / 3;
    const left = point(at(xs, i) + third, at(ys, i) + at(slope, i) * third);
    const right = point(at(xs, i + 1) - third, at(ys, i + 1) - at(slope, i + 1) * third);
    d += `C${left} ${right} ${point(at(xs, i + 1), at(ys, i + 1))}`;
  }
  return d;
}

/** Returns `top` closed along the base line from `right` back to `left`. */
export function closed(top: string, left: number, right: number, base: number): string {
  return top === "" ? "" : `${top}L${point(right, base)}L${point(left, base)}Z`;
}
