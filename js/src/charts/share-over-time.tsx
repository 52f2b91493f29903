import { share } from "./format";
import { Grid, margins } from "./frame";
import type { TimeSpan } from "./over-time";
import { closed, stairs } from "./path";
import { linear } from "./scale";

export interface ShareOverTimeProps extends TimeSpan {
  readonly width: number;
  readonly height: number;
  /** Where each step starts, and the end of the last. */
  readonly edges: Float64Array;
  readonly shares: Float64Array;
  /** Half-open range of the steps in the current window. */
  readonly current: readonly [number, number];
  readonly what: string;
  readonly pointed: number | null;
}

const TOP = 8;
const LEAST = 0.02;

/** Returns a share of rows, step by step, as stairs; the current window stands out. */
export function ShareOverTime(props: ShareOverTimeProps) {
  const { width, height, edges, shares, current, pointed } = props;
  const { left, right } = margins(width);
  const base = height - 4;
  const most = Math.min(1, Math.max(LEAST, ...shares));
  const x = linear([props.start, props.end], [left, width - right]);
  const y = linear([0, most], [base, TOP]);
  const xs = edges.map((edge) => x(edge));
  const ys = shares.map((value) => y(value));
  const d = stairs(xs, ys);
  const [from, to] = current;
  return (
    <g>
      <Grid at={base} label="0" left={left} right={width - right} />
      <Grid at={TOP} label={share(most)} left={left} right={width - right} />
      <path class="al-fill-ref" d={closed(d, left, width - right, base)} />
      <path class="al-edge-ref" d={d} />
      <path class="al-line-cur al-strong" d={stairs(xs.subarray(from, to + 1), ys.subarray(from, to))} />
      {pointed !== null && (
        <circle class="al-reading" cx={((xs[pointed] ?? 0) + (xs[pointed + 1] ?? 0)) / 2} cy={ys[pointed]} r={3} />
      )}
      <text x={width - right + 10} y={base - 12}>
        {props.what}
      </text>
    </g>
  );
}
