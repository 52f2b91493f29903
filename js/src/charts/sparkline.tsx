import { band, line } from "./path";
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
export function Sparkline(props: SparklineProps) {
  const { width, height, effects, places, natural, matters } = props;
  const base = height - 2;
  const y = linear([0, props.most], [base, 2]);
  const top = (value: number) => y(Math.min(value, props.most));
  const xs = places.map((place) => place * width);
  const ys = effects.map((effect) => (Number.isNaN(effect) ? effect : top(effect)));
  const [from, to] = props.current;
  return (
    <svg class="al-spark" width={width} height={height} aria-hidden="true">
      {natural !== null && (
        <path
          class="al-natural"
          d={band(
            props.edges.map((edge) => edge * width),
            natural,
            top,
            base,
          )}
        />
      )}
      <line class="al-matters al-faint" x2={width} y1={top(matters)} y2={top(matters)} />
      <path class="al-line-ref" d={line(xs, ys)} />
      <path class="al-line-cur" d={line(xs.subarray(from, to), ys.subarray(from, to))} />
    </svg>
  );
}
