import { band, line } from "./path";
import { pure } from "./pure";
import { linear } from "./scale";

export interface SparklineProps {
  readonly width: number;
  readonly height: number;
  /** Effect by step, NaN where a step has no rows, and each step's place from 0 to 1. */
  readonly effects: Float64Array;
  readonly places: Float64Array;
  readonly most: number;
  readonly natural: Float64Array | null;
  /** Where each step starts, and the end of the last, from 0 to 1. */
  readonly edges: Float64Array;
  readonly matters: number;
  /** Half-open range of the steps in the current window. */
  readonly current: readonly [number, number];
}

/** Returns the effect over time in one small line, with the natural band and the line above which it matters. */
export function Sparkline({ current, ...still }: SparklineProps) {
  const { width, height, places, effects } = still;
  const [from, to] = current;
  const xs = places.subarray(from, to).map((place) => place * width);
  const ys = effects.subarray(from, to).map(topOf(still));
  return (
    <svg class="al-spark" width={width} height={height} aria-hidden="true">
      <Ground {...still} />
      <path class="al-line-cur" d={line(xs, ys)} />
    </svg>
  );
}

type Still = Omit<SparklineProps, "current">;

/** Returns the height of an effect in pixels; NaN stays. */
function topOf({ height, most }: Still): (effect: number) => number {
  const y = linear([0, most], [height - 2, 2]);
  return (effect) => y(Math.min(effect, most));
}

/** What stays as it is while the current window moves. */
const Ground = pure((props: Still) => {
  const { width, height, effects, places, natural, matters, edges } = props;
  const top = topOf(props);
  const y = top(matters);
  const placed = (values: Float64Array) => values.map((value) => value * width);
  return (
    <g>
      {natural !== null && <path class="al-natural" d={band(placed(edges), natural, top, height - 2)} />}
      <line class="al-matters al-faint" x2={width} y1={y} y2={y} />
      <path class="al-line-ref" d={line(placed(places), effects.map(top))} />
    </g>
  );
});
