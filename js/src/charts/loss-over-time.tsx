import { share } from "./format";
import { Grid, TimeAxis } from "./frame";
import type { TimeSpan } from "./over-time";
import { line } from "./path";
import { pure } from "./pure";
import { linear, type Scale, ticks } from "./scale";

type Values = readonly (number | null)[];

export interface LossOverTimeProps extends TimeSpan {
  readonly width: number;
  /** Where each bucket starts, and the end of the last. */
  readonly edges: Float64Array;
  readonly realized: Values;
  readonly low: Values;
  readonly high: Values;
  readonly promised: Values;
  /** The interval of what was promised, if it has one. */
  readonly around?: { readonly low: Values; readonly high: Values } | null;
  /** What the two lines are called. */
  readonly names?: readonly [string, string];
  /** Share of each bucket's rows that have a label, where too few have one; null elsewhere. */
  readonly immature: Values;
  readonly arriving: boolean;
  readonly reference: readonly [number, number] | null; // instants
  readonly current: readonly [number, number] | null;
  readonly pointed: number | null; // bucket
  /** What the values are: "log loss by week". */
  readonly caption: string;
  /** A value of a line; and a tick, where it is printed in another way. */
  readonly tick?: (value: number) => string;
  readonly print: (value: number) => string;
  readonly id: string;
}

const TOP = 22;
const BASE = 104;

/** Where the plot stands in the strip, and its whole height. */
export const LOSS_STRIP = { top: TOP, base: BASE, height: BASE + 20, left: 42 };

/** Room for the labels at the ends of the lines. */
export const lossRight = (width: number) => (width < 560 ? 76 : 122);

/** Returns the mean loss by bucket with its interval, what was promised, and where labels are missing. */
export const LossOverTime = pure((props: LossOverTimeProps) => {
  const { width, edges, realized, promised } = props;
  const right = width - lossRight(width);
  const x = linear([props.start, props.end], [LOSS_STRIP.left, right]);
  const range = rangeOf(props);
  const y = linear(range, [BASE, TOP + 4]);
  const middles = realized.map((_, i) => x(((edges[i] as number) + (edges[i + 1] as number)) / 2));
  const tops = realized.map((value) => (value === null ? Number.NaN : y(value)));
  const shared = { ...props, x, y, right, middles };
  const settled = (i: number) => props.immature[i] == null;
  const open = (i: number) => !settled(i) || (i + 1 < realized.length && !settled(i + 1)) || (i > 0 && !settled(i - 1));
  return (
    <g>
      {props.reference !== null && <Window name="ref" span={props.reference} x={x} />}
      {props.current !== null && <Window name="cur" span={props.current} x={x} />}
      {ticks(range[0], range[1], 3).map((value) => (
        <Grid
          key={value}
          at={y(value)}
          label={(props.tick ?? props.print)(value)}
          left={LOSS_STRIP.left}
          right={right}
        />
      ))}
      <Immature {...shared} />
      <path class="al-interval" d={bandPath(middles, props.low, props.high, y)} />
      {props.around && <path class="al-promised-band" d={bandPath(middles, props.around.low, props.around.high, y)} />}
      <path
        class="al-promised"
        d={line(
          middles,
          promised.map((value) => (value === null ? Number.NaN : y(value))),
        )}
      />
      <path class="al-line-cur al-strong" d={line(middles, tops.map(only(settled)))} />
      <path class="al-line-cur al-so-far" d={line(middles, tops.map(only(open)))} />
      <Pointed {...shared} />
      <TimeAxis left={LOSS_STRIP.left} right={right} start={props.start} end={props.end} zone={props.zone} y={BASE} />
      <Ends {...shared} />
    </g>
  );
});

/** Leaves out what is not of the kind. */
const only = (kind: (i: number) => boolean) => (value: number, i: number) => (kind(i) ? value : Number.NaN);

/** The values that are drawn, with air above: zero where it is not far below them. */
function rangeOf({ realized, low, high, promised }: LossOverTimeProps): [number, number] {
  const known = (values: Values) => values.filter((value) => value !== null);
  const means = [...known(realized), ...known(promised)];
  if (means.length === 0) return [0, 1];
  const [least, most] = [Math.min(...means), Math.max(...means)];
  const air = Math.max(most - least, most * 0.05, 1e-9) * 0.75;
  // A single wide interval would press the line flat: bands may be cut.
  const bottom = Math.max(least - air, Math.min(least, ...known(low)));
  const top = Math.min(most + air, Math.max(most, ...known(high)));
  return [bottom < 0.15 * top ? 0 : bottom, top];
}

function bandPath(xs: readonly number[], low: Values, high: Values, y: Scale): string {
  let d = "";
  let run: number[] = [];
  const cut = (value: number) => Math.max(TOP, Math.min(BASE, y(value))).toFixed(1);
  const close = () => {
    const [first] = run;
    if (first === undefined) return;
    const wide = run.length > 1 ? 0 : 2;
    const above = run.map((i) => `${((xs[i] as number) - wide).toFixed(1)},${cut(high[i] as number)}`);
    const below = run.map((i) => `${((xs[i] as number) + wide).toFixed(1)},${cut(low[i] as number)}`).reverse();
    d += `M${[...above, ...below].join("L")}Z`;
    run = [];
  };
  for (let i = 0; i < xs.length; i++) {
    if (low[i] == null || high[i] == null) close();
    else run.push(i);
  }
  close();
  return d;
}

interface Placed extends LossOverTimeProps {
  readonly x: Scale;
  readonly y: Scale;
  readonly right: number;
  readonly middles: readonly number[];
}

function Window({ name, span, x }: { name: "ref" | "cur"; span: readonly [number, number]; x: Scale }) {
  const [left, right] = [x(span[0]), x(span[1])];
  const wide = Math.max(1, right - left);
  return (
    <g class={name === "ref" ? "al-brush-reference" : "al-brush-current"}>
      <rect class="al-brush-area" x={left} y={TOP - 6} width={wide} height={BASE - TOP + 6} />
      <line class="al-brush-roof" x1={left} x2={left + wide} y1={TOP - 6} y2={TOP - 6} />
    </g>
  );
}

const LABEL = 30; // pixels for a share
const WORD = 120; // and for what it is a share of

/** Hatched buckets in which labels are missing, with the share that is there where it fits. */
function Immature({ edges, immature, arriving, x, id }: Placed) {
  const found = immature.flatMap((part, i) => (part === null ? [] : [{ part, i }]));
  const [first] = found;
  if (first === undefined) return null;
  const at = (i: number) => x(edges[i] as number);
  const word = arriving ? "labels still arriving" : "few labels";
  const end = at((found.at(-1)?.i ?? first.i) + 1);
  const early = end - LOSS_STRIP.left < WORD;
  return (
    <g>
      <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="al-hatch" y2={6} />
      </pattern>
      {found.map(({ part, i }) => (
        <g key={i}>
          <rect x={at(i)} y={TOP} width={at(i + 1) - at(i)} height={BASE - TOP} fill={`url(#${id})`} />
          {at(i + 1) - at(i) >= LABEL && (
            <text class="al-unsure-ink al-halo" x={(at(i) + at(i + 1)) / 2} y={BASE - 5} text-anchor="middle">
              {share(part)}
            </text>
          )}
        </g>
      ))}
      <text
        class="al-unsure-ink al-halo"
        x={early ? at(first.i) : end - 3}
        y={TOP + 9}
        text-anchor={early ? "start" : "end"}
      >
        {word}
      </text>
    </g>
  );
}

function Pointed({ pointed, realized, middles, y }: Placed) {
  const at = pointed === null ? undefined : middles[pointed];
  if (at === undefined) return null;
  const value = realized[pointed as number];
  return (
    <g>
      <line class="al-point-line" x1={at} x2={at} y1={TOP} y2={BASE} />
      {value != null && <circle class="al-reading" cx={at} cy={y(value)} r={3.5} />}
    </g>
  );
}

/** Names and last values at the ends of the lines, moved apart where they would collide. */
function Ends({ realized, promised, y, right, caption, print, width, names = ["realized", "promised"] }: Placed) {
  const last = (values: Values) => values.findLast((value) => value !== null) ?? null;
  const [is, should] = [last(realized), last(promised)];
  const lines = 28;
  const place = (value: number | null) =>
    value === null ? BASE : Math.max(TOP + 2, Math.min(BASE - 18, y(value) - 3));
  let [upper, lower] = [place(is), place(should)];
  const overlap = lines - Math.abs(upper - lower);
  if (is !== null && should !== null && overlap > 0) {
    const sign = upper <= lower ? 1 : -1;
    const middle = Math.max(TOP + 2 + lines / 2, Math.min(BASE - 18 - lines / 2, (upper + lower) / 2));
    upper = middle - (sign * lines) / 2;
    lower = middle + (sign * lines) / 2;
  }
  const label = (name: string, value: number | null, at: number, tone: string) =>
    value !== null && (
      <text class={tone} x={right + 8} y={at}>
        {name}
        <tspan x={right + 8} dy={13} class="al-bold">
          {print(value)}
        </tspan>
      </text>
    );
  return (
    <g>
      {label(names[0], is, upper, "al-cur")}
      {label(names[1], should, lower, "al-if-ink")}
      <text x={right + 8} y={BASE + 14}>
        {width < 560 ? caption.replace(/ by .*/, "") : caption}
      </text>
    </g>
  );
}
