/** Returns slanting lines, `step` pixels apart, that fill a rectangle: a hatch that needs no pattern, and so no id. */
export function hatched(left: number, right: number, top: number, base: number, step = 6): string {
  const height = base - top;
  let d = "";
  for (let start = Math.ceil((left - height) / step) * step; start < right; start += step) {
    const [from, to] = [Math.max(start, left), Math.min(start + height, right)];
    if (to > from) d += `M${tenth(from)},${tenth(base - (from - start))}L${tenth(to)},${tenth(base - (to - start))}`;
  }
  return d;
}

const tenth = (value: number) => Math.round(value * 10) / 10;
