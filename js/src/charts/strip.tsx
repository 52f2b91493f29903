import { count, share } from "./format";
import { TimeAxis } from "./frame";
import type { TimeSpan } from "./over-time";
import { closed, stairs } from "./path";
import { pure } from "./pure";
import { linear } from "./scale";

export interface StripProps extends TimeSpan {
  readonly width: number;
  /** Where each bucket starts, and the end of the last; rows by bucket. */
  readonly edges: Float64Array;
  readonly rows: Float64Array;
  /** The same by step, and the share of columns in alarm, NaN where it is not known yet. */
  readonly stepEdges: Float64Array;
  readonly alarms: Float64Array;
  readonly pending: boolean;
  readonly noun: string;
  readonly every: string;
}

const VOLUME = { top: 20, height: 28 };
const ALARMS = { top: 58, height: 20 };
const BASE = ALARMS.top + ALARMS.height;

/** Where the brushes stand in the strip, and its whole height. */
export const STRIP = { top: VOLUME.top - 4, base: BASE, height: BASE + 18 };

/** Room for the labels at the right end. */
export const stripRight = (width: number) => (width < 560 ? 66 : 122);

/** Returns the volume, and under it the share of columns in alarm. */
export const Strip = pure((props: StripProps) => {
  const { width, edges, rows, stepEdges, alarms, pending } = props;
  const right = width - stripRight(width);
  const x = linear([props.start, props.end], [0, right]);
  const bottom = VOLUME.top + VOLUME.height;
  const volume = linear([0, Math.max(1, ...rows)], [bottom, VOLUME.top]);
  const known = alarms.map((value) => (Number.isNaN(value) ? 0 : value));
  const alarm = linear([0, Math.max(0.5, ...known)], [BASE, ALARMS.top]);
  const volumes = stairs(edges.map(x), rows.map(volume));
  const shares = stairs(stepEdges.map(x), known.map(alarm));
  return (
    <g>
      <path class="al-volume" d={closed(volumes, 0, right, bottom)} />
      <line class="al-axis" x2={right} y1={bottom + 0.5} y2={bottom + 0.5} />
      <path class={pending ? "al-alarm-fill al-pending" : "al-alarm-fill"} d={closed(shares, 0, right, BASE)} />
      <TimeAxis left={0} right={right} start={props.start} end={props.end} zone={props.zone} y={BASE} />
      <Labels {...props} x={right + 8} known={known} />
    </g>
  );
});

/** "a day", "an hour". */
const each = (every: string) => `${/^[aeio]|^hour/.test(every) ? "an" : "a"} ${every}`;

function Labels({ rows, width, noun, every, pending, x, known }: StripProps & { x: number; known: Float64Array }) {
  const narrow = stripRight(width) < 100;
  const mean = rows.reduce((a, b) => a + b, 0) / Math.max(1, rows.length);
  const most = known.reduce((a, b) => Math.max(a, b), 0);
  const bottom = VOLUME.top + VOLUME.height;
  return (
    <g>
      <text x={x} y={bottom - 14}>
        {narrow ? noun : `${noun} ${each(every)}`}
      </text>
      <text x={x} y={bottom}>
        <tspan class="al-ink">{count(mean)}</tspan>
        {narrow ? ` ${each(every)}` : " on average"}
      </text>
      <text x={x} y={BASE - 14}>
        {narrow ? "in alarm" : "columns in alarm"}
      </text>
      <text x={x} y={BASE} class={pending ? "al-pending" : ""}>
        <tspan class="al-alarm-ink">{narrow ? `≤ ${share(most)}` : share(most)}</tspan>
        {narrow ? "" : " at most"}
      </text>
    </g>
  );
}
