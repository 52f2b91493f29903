import { line } from "./path";
import { pure } from "./pure";
import { linear } from "./scale";

export interface TrendProps {
  readonly width: number;
  readonly height: number;
  readonly values: readonly (number | null)[];
  /** Each step's place from 0 to 1. */
  readonly places: Float64Array;
  /** Half-open range of the steps in the current window. */
  readonly from: number;
  readonly to: number;
  /** The reference's value: a quiet line. */
  readonly level: number | null;
}

/** Returns values over time in one small line, the current window in its colour. */
export const Trend = pure(({ width, height, values, places, from, to, level }: TrendProps) => {
  const known = values.filter((value) => value !== null);
  if (level !== null) known.push(level);
  const y = linear([Math.min(...known), Math.max(...known)], [height - 3, 3]);
  const xs = places.map((place) => place * width);
  const ys = values.map((value) => (value === null ? Number.NaN : y(value)));
  return (
    <svg class="al-spark" width={width} height={height} aria-hidden="true">
      {level !== null && <line class="al-natural-line al-faint" x2={width} y1={y(level)} y2={y(level)} />}
      <path class="al-line-ref" d={line(xs, ys)} />
      <path class="al-line-cur" d={line(xs.subarray(from, to), ys.slice(from, to))} />
    </svg>
  );
});
