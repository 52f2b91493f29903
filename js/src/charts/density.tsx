import { type Pair, sumOf } from "./bins";
import type { Bar, Shape } from "./distribution";
import { roundShare, share } from "./format";
import { Grid, margins } from "./frame";
import { closed, smooth, stairs } from "./path";
import { linear, type Scale, ticks } from "./scale";

export interface DensityProps {
  readonly width: number;
  readonly height: number;
  readonly shape: Shape;
  readonly pair: Pair;
  /** Values at which the axis is labelled. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  readonly selected: readonly [number, number] | null;
  readonly pointed: readonly [number, number] | null;
  readonly edges: readonly number[];
  readonly print: (value: number) => string;
}

export const TAIL = 34; // pixels for an open tail
const TOP = 10;
const BOTTOM = 18;

/** The plot's scale, which the rulers under it share. */
export function valueScale(shape: Shape, width: number): Scale {
  const { left, right } = margins(width);
  const start = left + (shape.below === null ? 0 : TAIL);
  const end = width - right - (shape.above === null ? 0 : TAIL);
  return linear([shape.low, shape.high], [start, end]);
}

/** Returns the reference as a filled area and the current window as a line over it, single values as bars. */
export function Density(props: DensityProps) {
  const { width, height, shape, marks } = props;
  const { left, right } = margins(width);
  const base = height - BOTTOM;
  const x = valueScale(shape, width);
  const most = tallest(shape, props.pair);
  const y = linear([0, most], [base, TOP]);
  const top = (value: number) => y(Math.min(value, most));
  return (
    <g>
      {ticks(0, most, 4).map((value) => (
        <Grid key={value} at={y(value)} label={roundShare(value)} left={left} right={width - right} />
      ))}
      <Picked {...props} x={x} base={base} />
      <Curves {...props} x={x} top={top} base={base} />
      <Bars {...props} x={x} top={top} base={base} most={most} />
      <Tail {...props} side="below" top={top} base={base} x={x} most={most} />
      <Tail {...props} side="above" top={top} base={base} x={x} most={most} />
      {marks
        .filter(({ at }) => isClear(shape, x, x(at)))
        .map(({ at, label }) => (
          <text key={at} x={x(at)} y={base + 14} text-anchor="middle">
            {label}
          </text>
        ))}
    </g>
  );
}

const held = (shares: ArrayLike<number>, { bin, to }: Bar) => sumOf(shares, bin, to);

/** The top of the share axis: the curve decides; bars and tails that are far taller are cut and labelled. */
function tallest(shape: Shape, { p, q }: Pair): number {
  const curve = Math.max(0, ...shape.p, ...shape.q);
  const bars = Math.max(0, ...shape.bars.flatMap((bar) => [held(p, bar), held(q, bar)]));
  if (shape.unit === 0 || curve === 0) return Math.max(bars, 1e-6) * 1.06;
  return Math.max(curve, Math.min(bars, curve * 2)) * 1.06;
}

interface Placed extends DensityProps {
  readonly x: Scale;
  readonly base: number;
}

/** The bins picked, or pointed at, as a band behind the curves. */
function Picked({ shape, edges, selected, pointed, x, base }: Placed) {
  const band = ([from, to]: readonly [number, number], name: string) => {
    const [start, end] = [extent(shape, edges, from, x)[0], extent(shape, edges, to - 1, x)[1]];
    const thin = Math.max(0, 3 - (end - start)) / 2;
    return <rect class={name} x={start - thin} y={TOP} width={end - start + 2 * thin} height={base - TOP} />;
  };
  return (
    <g>
      {pointed !== null && band(pointed, "al-pointed")}
      {selected !== null && band(selected, "al-picked")}
    </g>
  );
}

/** From where to where a bin is drawn, in pixels. */
function extent(shape: Shape, edges: readonly number[], bin: number, x: Scale): readonly [number, number] {
  if (bin === shape.below) return [x(shape.low) - TAIL, x(shape.low)];
  if (bin === shape.above) return [x(shape.high), x(shape.high) + TAIL];
  const bar = shape.unit === 0 ? shape.bars.find((one) => bin >= one.bin && bin < one.to) : undefined;
  if (bar !== undefined) return [x(bar.left), x(bar.right)];
  const place = (value: number) => x(Math.min(shape.high, Math.max(shape.low, value)));
  return [place(edges[bin] as number), place(edges[bin + 1] as number)];
}

interface Topped extends Placed {
  readonly top: (share: number) => number;
}

function Curves({ shape, x, top, base }: Topped) {
  if (shape.unit === 0) return null;
  const xs = shape.xs.map((value) => x(value));
  const reference = smooth(xs, shape.p.map(top));
  return (
    <g>
      <path class="al-fill-ref" d={closed(reference, x(shape.low), x(shape.high), base)} />
      <path class="al-edge-ref" d={reference} />
      <path class="al-line-cur al-strong" d={smooth(xs, shape.q.map(top))} />
    </g>
  );
}

function Bars(props: Topped & { readonly most: number }) {
  const { shape, pair, x, top, base } = props;
  if (shape.bars.length === 0) return null;
  const wide = shape.unit === 0;
  const sides = ({ left, right }: Bar) =>
    (wide ? [x(left), x(right)] : [x(left) - 2.5, x(left) + 2.5]) as [number, number];
  const block = (bar: Bar, height: number) => {
    const [start, end] = sides(bar);
    return `M${start.toFixed(1)},${base}V${height.toFixed(1)}H${end.toFixed(1)}V${base}`;
  };
  const of = (shares: ArrayLike<number>) => shape.bars.map((bar) => block(bar, top(held(shares, bar)))).join("");
  return (
    <g>
      <path class={wide ? "al-fill-ref" : "al-fill-ref al-dense"} d={of(pair.p)} />
      <path class="al-line-cur" d={wide ? outline(props) : of(pair.q)} />
      {!wide && <Cut {...props} />}
    </g>
  );
}

/** The current window's bars as one line that falls to zero where no bar stands. */
function outline({ shape, pair, x, top, base }: Topped): string {
  let d = "";
  let end = Number.NaN;
  for (const bar of shape.bars) {
    const height = top(held(pair.q, bar)).toFixed(1);
    const joins = Math.abs(x(bar.left) - end) < 0.5;
    if (!joins) d += `${Number.isNaN(end) ? "" : `V${base}`}M${x(bar.left).toFixed(1)},${base}`;
    d += `V${height}H${x(bar.right).toFixed(1)}`;
    end = x(bar.right);
  }
  return d === "" ? "" : `${d}V${base}`;
}

/** What the bars hold that are taller than the chart. */
function Cut({ shape, pair, x, most, marks }: Topped & { readonly most: number }) {
  const label = (bar: Bar) => `${share(held(pair.p, bar))} → ${share(held(pair.q, bar))}`;
  const over = shape.bars.filter((bar) => Math.max(held(pair.p, bar), held(pair.q, bar)) > most);
  const [tall] = over.sort((a, b) => held(pair.p, b) - held(pair.p, a));
  if (tall === undefined || marks.length === 0) return null;
  const late = x(tall.left) > (x(shape.low) + x(shape.high)) / 2;
  return (
    <text class="al-halo" x={x(tall.left) + (late ? -7 : 7)} y={TOP + 4} text-anchor={late ? "end" : "start"}>
      {label(tall)}
    </text>
  );
}

/** Rows beyond the edge of the reference, anywhere: a bar beside the plot. */
function Tail(props: Topped & { readonly side: "below" | "above"; readonly most: number }) {
  const { shape, pair, side, top, base, x } = props;
  const bin = shape[side];
  if (bin === null) return null;
  const [p, q] = [pair.p[bin] as number, pair.q[bin] as number];
  const start = side === "below" ? x(shape.low) - TAIL : x(shape.high);
  const border = side === "below" ? start + TAIL : start;
  const [left, right, middle] = [start + 4, start + TAIL - 4, start + TAIL / 2];
  const [lower, upper] = top(p) > top(q) ? [top(p), top(q)] : [top(q), top(p)];
  const labels = [labelAbove(upper), Math.max(labelAbove(upper) + 13, lower - 5)];
  const [first, second] = p > q ? [p, q] : [q, p];
  return (
    <g>
      <line class="al-break" x1={border} x2={border} y1={TOP} y2={base} />
      <text x={middle} y={base + 14} text-anchor="middle">
        {side === "below" ? `< ${props.print(shape.low)}` : `≥ ${props.print(shape.high)}`}
      </text>
      <rect class="al-fill-ref" x={left} y={top(p)} width={right - left} height={base - top(p)} />
      <path class="al-line-cur al-strong" d={stairs([left, right], [top(q)])} />
      <text class={`al-halo ${p > q ? "" : "al-cur"}`} x={middle} y={labels[0]} text-anchor="middle">
        {share(first)}
      </text>
      <text
        class={`al-halo ${p > q ? "al-cur" : ""}`}
        x={middle}
        y={Math.min(base - 3, labels[1] as number)}
        text-anchor="middle"
      >
        {share(second)}
      </text>
    </g>
  );
}

const CLEAR = 34; // pixels around the label under a tail

/** Whether a label at a pixel leaves room for those under the tails. */
function isClear(shape: Shape, x: Scale, at: number): boolean {
  const left = shape.below === null ? -Infinity : x(shape.low) - TAIL / 2;
  const right = shape.above === null ? Infinity : x(shape.high) + TAIL / 2;
  return at - left > CLEAR && right - at > CLEAR;
}

/** A label stands above its line, or under it at the top of the chart. */
const labelAbove = (y: number) => (y - 5 < TOP + 6 ? y + 13 : y - 5);
