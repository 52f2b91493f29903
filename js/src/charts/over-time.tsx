import type { ComponentChildren } from "preact";
import { day } from "./calendar";
import { roundShare, share } from "./format";
import { Grid, margins, TimeAxis } from "./frame";
import { band, line } from "./path";
import { linear, type Scale, ticks } from "./scale";

export interface TimeSpan {
  readonly start: number;
  readonly end: number;
  readonly zone: string;
}

export interface OverTimeProps extends TimeSpan {
  readonly width: number;
  readonly height: number;
  /** Middle of each step and its effect, NaN without rows. */
  readonly times: Float64Array;
  readonly effects: Float64Array;
  /** Where each step starts, and the end of the last. */
  readonly edges: Float64Array;
  /** Effect that natural variation reaches: by step, and in the current window. */
  readonly natural: Float64Array | null;
  readonly naturalCurrent: number | null;
  readonly matters: number;
  readonly pending: boolean;
  readonly bandPending: boolean;
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  readonly effect: number | null;
  readonly interval: readonly [number, number] | null;
  readonly onset: { readonly at: number; readonly low: number; readonly high: number } | null;
  readonly step: string;
  readonly pointed: number | null;
  /** What lies over the chart: the line that can be dragged. */
  readonly children?: ComponentChildren;
}

const TOP = 16;
const BOTTOM = 20;

/** The scales of the chart, which its draggable line shares. */
export function overTimeScales(props: Pick<OverTimeProps, "width" | "height" | "start" | "end"> & { most: number }) {
  const { left, right } = margins(props.width);
  const x = linear([props.start, props.end], [left, props.width - right]);
  const y = linear([0, props.most], [props.height - BOTTOM, TOP]);
  return { x, y };
}

/** The top of the effect axis: everything drawn fits, and the line that matters stays within reach. */
export function tallestEffect(values: readonly (number | null)[], matters: number): number {
  const largest = values.reduce<number>(
    (most, value) => (value === null || Number.isNaN(value) ? most : Math.max(most, value)),
    0,
  );
  return Math.min(1, Math.max(largest * 1.08, matters * 1.6, 0.02));
}

export function mostOf(
  props: Pick<OverTimeProps, "effects" | "natural" | "naturalCurrent" | "interval" | "effect" | "matters">,
): number {
  const { effects, natural, naturalCurrent, interval, effect, matters } = props;
  const largest = tallestEffect([...effects, effect, interval?.[1] ?? null], matters);
  // A band far above everything else would press the effects flat: its top may be cut.
  return Math.min(tallestEffect([largest, naturalCurrent, ...(natural ?? [])], matters), largest * 1.5, 1);
}

/** Returns the effect step by step, with the band of natural variation, the windows and the onset. */
export function OverTime(props: OverTimeProps) {
  const { width, height, matters, natural } = props;
  const { left, right } = margins(width);
  const base = height - BOTTOM;
  const most = mostOf(props);
  const { x, y } = overTimeScales({ ...props, most });
  const top = (value: number) => y(Math.min(value, most));
  const fade = props.bandPending ? "al-natural al-pending" : "al-natural";
  return (
    <g>
      <Windows {...props} x={x} base={base} />
      {ticks(0, most, Math.max(2, Math.floor(height / 70))).map((value) => (
        <Grid key={value} at={y(value)} label={roundShare(value)} left={left} right={width - right} />
      ))}
      {natural !== null && <path class={fade} d={band(props.edges.map(x), natural, top, base)} />}
      <Effects
        {...props}
        x={x}
        top={top}
        alarmed={(i, effect) => effect >= matters && effect > (natural?.[i] ?? Number.NaN)}
      />
      <Current {...props} x={x} top={top} base={base} />
      <OnsetMark {...props} x={x} base={base} />
      <TimeAxis left={left} right={width - right} start={props.start} end={props.end} zone={props.zone} y={base} />
      {natural !== null && <NaturalLabel {...props} natural={natural} top={top} base={base} />}
      {props.children}
    </g>
  );
}

interface Placed extends OverTimeProps {
  readonly x: Scale;
}

function Windows({ x, base, reference, current }: Placed & { base: number }) {
  const band = (name: string, [from, to]: readonly [number, number]) => (
    <rect class={name} x={x(from)} y={TOP} width={Math.max(1, x(to) - x(from))} height={base - TOP} />
  );
  return (
    <g>
      {band("al-window-ref", reference)}
      {band("al-window-cur", current)}
    </g>
  );
}

interface EffectsProps extends Placed {
  readonly top: (effect: number) => number;
  readonly alarmed: (step: number, effect: number) => boolean;
}

function Effects({ times, effects, x, top, alarmed, pointed }: EffectsProps) {
  const xs = times.map((time) => x(time));
  const ys = effects.map((effect) => (Number.isNaN(effect) ? effect : top(effect)));
  const dots = [...effects].flatMap((effect, i) =>
    alarmed(i, effect) ? [`M${xs[i]?.toFixed(1)},${ys[i]?.toFixed(1)}h0`] : [],
  );
  const at = pointed === null ? undefined : ys[pointed];
  return (
    <g>
      <path class="al-line-time" d={line(xs, ys)} />
      <path class="al-alarms" d={dots.join("")} />
      {pointed !== null && at !== undefined && !Number.isNaN(at) && (
        <circle class="al-reading" cx={xs[pointed]} cy={at} r={3.5} />
      )}
    </g>
  );
}

/** The effect of the current window with its interval, and what is natural for a window of its length. */
function Current({
  current,
  effect,
  interval,
  naturalCurrent,
  pending,
  x,
  top,
  base,
}: Placed & { top: (v: number) => number; base: number }) {
  const [start, end] = [x(current[0]), Math.max(x(current[0]) + 2, x(current[1]))];
  const fade = pending ? " al-pending" : "";
  return (
    <g>
      {naturalCurrent !== null && (
        <g class={fade}>
          <rect
            class="al-natural"
            x={start}
            y={top(naturalCurrent)}
            width={end - start}
            height={base - top(naturalCurrent)}
          />
          <line class="al-natural-line" x1={start} x2={end} y1={top(naturalCurrent)} y2={top(naturalCurrent)} />
        </g>
      )}
      {interval !== null && (
        <rect
          class={`al-interval${fade}`}
          x={start}
          y={top(interval[1])}
          width={end - start}
          height={Math.max(1, top(interval[0]) - top(interval[1]))}
        />
      )}
      {effect !== null && <line class="al-line-cur al-strong" x1={start} x2={end} y1={top(effect)} y2={top(effect)} />}
    </g>
  );
}

function OnsetMark({ onset, x, base, width, zone }: Placed & { base: number }) {
  if (onset === null) return null;
  const at = x(onset.at);
  const flip = at > width - margins(width).right - 90;
  return (
    <g>
      <rect
        class="al-onset-interval"
        x={x(onset.low)}
        y={TOP - 3}
        width={Math.max(1, x(onset.high) - x(onset.low))}
        height={3}
      />
      <line class="al-onset" x1={at} x2={at} y1={TOP - 3} y2={base} />
      <path class="al-onset-mark" d={`M${(at - 4).toFixed(1)},${TOP - 10}h8l-4,6z`} />
      <text class="al-alarm-ink al-halo" x={at + (flip ? -8 : 8)} y={TOP - 5} text-anchor={flip ? "end" : "start"}>
        since {day(onset.at, zone)}
      </text>
    </g>
  );
}

interface NaturalProps extends OverTimeProps {
  readonly natural: Float64Array;
  readonly top: (effect: number) => number;
  readonly base: number;
}

/** What is natural, at the end of its band and clear of the line that matters. */
function NaturalLabel({ natural, matters, top, base, width, step }: NaturalProps) {
  const known = [...natural].filter((value) => !Number.isNaN(value));
  if (known.length === 0) return null;
  const [least, most] = [share(Math.min(...known)), share(Math.max(...known))];
  const range = least === most ? `≤ ${most}` : `${least.replace(/\s*%/, "")}–${most}`;
  const x = width - margins(width).right + 10;
  const wanted = Math.min(base - 27, Math.max(TOP + 6, top(known.at(-1) as number)));
  const line = top(matters);
  const near = Math.abs(wanted + 12 - line) < 32;
  const y = near ? (line - 45 >= TOP - 6 ? line - 41 : line + 24) : wanted;
  return (
    <g>
      {["natural", `per ${step}`, range].map((text, i) => (
        <text key={text} x={x} y={y + 13 * i}>
          {text}
        </text>
      ))}
    </g>
  );
}
