import { TimeAxis } from "./frame";
import { closed, line } from "./path";
import { pure } from "./pure";
import { linear, type Scale, ticks } from "./scale";

type Values = readonly (number | null)[];

export interface SharesProps {
  readonly width: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly zone: string;
  readonly value: Values;
  readonly low: Values;
  readonly high: Values;
  readonly null: Values;
  readonly nullLow: Values;
  readonly nullHigh: Values;
  /** Whether the axis starts at zero. */
  readonly fromZero: boolean;
  readonly print: (value: number) => string;
  /** What the line and the quiet line are called, at their ends. */
  readonly names: readonly [string, string];
  /** Share of each period that was randomised, and what that was. */
  readonly randomised: Values;
  readonly randomisedWords: string | null;
}

const LEFT = 46;
const TOP = 10;
const BASE = 84;
const APART = 13; // pixels between two labels
const LETTER = 6.2; // pixels

export const SHARES = { left: LEFT, top: TOP - 6, base: BASE, height: BASE + 18 };

/** Room for the labels at the ends of the lines. */
function roomOf({ value, null: none, names, print }: Pick<SharesProps, "value" | "null" | "names" | "print">): number {
  const long = (values: Values, name: string) => {
    const last = values.findLast((one) => one !== null) ?? null;
    return last === null ? 0 : name.length + 1 + print(last).length;
  };
  return 14 + LETTER * Math.max(8, long(value, names[0]), long(none, names[1]));
}

/** Where periods stand, by their middles; the axis has their starts and ends. */
export function sharesX(props: SharesProps) {
  const { width, starts, ends } = props;
  const right = width - roomOf(props);
  const x = linear([starts[0] ?? 0, ends.at(-1) ?? 1], [LEFT, right]);
  return { x, right, middles: starts.map((start, i) => x((start + (ends[i] ?? start)) / 2)) };
}

export const sharesY = ({
  value,
  low,
  high,
  null: none,
  nullLow,
  nullHigh,
  fromZero,
}: Omit<SharesProps, "width">): Scale => {
  const all = [value, low, high, none, nullLow, nullHigh].flat().filter((one) => one !== null);
  const [least, most] = [Math.min(...all, fromZero ? 0 : Number.POSITIVE_INFINITY), Math.max(...all)];
  const room = (most - least || 1) * 0.08;
  return linear([fromZero ? 0 : least - room, most + room], [BASE, TOP]);
};

/** Returns a measure over time with its interval, what it would be without a loop, and which periods were randomised. */
export const SharesOverTime = pure((props: SharesProps) => {
  const { starts, ends, value, print } = props;
  const { x, middles, right } = sharesX(props);
  const y = sharesY(props);
  const [low, high] = [y.invert(BASE), y.invert(TOP)];
  const heights = (values: Values) => values.map((one) => (one === null ? Number.NaN : y(one)));
  return (
    <g>
      {ticks(low, high, 3).map((tick) => (
        <g key={tick}>
          <line class="al-grid" x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
            {tick === 0 ? "0" : print(tick).replace(" bits", "")}
          </text>
        </g>
      ))}
      <TimeAxis left={LEFT} right={right} start={starts[0] ?? 0} end={ends.at(-1) ?? 1} zone={props.zone} y={BASE} />
      <Band class="al-natural" xs={middles} low={props.nullLow} high={props.nullHigh} y={y} wide={[LEFT, right]} />
      <path class="al-natural-line" d={across(middles, heights(props.null), [LEFT, right])} />
      <Band class="al-interval" xs={middles} low={props.low} high={props.high} y={y} wide={null} />
      <path class="al-line-cur al-strong" d={line(middles, heights(value))} />
      <Randomised {...props} x={x} right={right} />
      <Ends {...props} y={y} x={right + 10} />
    </g>
  );
});

/** A line through the points; of one point, a level over the whole width. */
const across = (xs: readonly number[], ys: readonly number[], wide: readonly [number, number]) =>
  ys.length === 1 ? line(wide, [ys[0] as number, ys[0] as number]) : line(xs, ys);

interface BandProps {
  readonly class: string;
  readonly xs: readonly number[];
  readonly low: Values;
  readonly high: Values;
  readonly y: Scale;
  /** How wide the band of a single point is; null for a whisker's width. */
  readonly wide: readonly [number, number] | null;
}

/** One area a run of periods in which both ends are known. */
function Band({ xs, low, high, y, wide, class: name }: BandProps) {
  const only = xs[0] ?? 0;
  const at = xs.length === 1 ? (wide ?? [only - 4, only + 4]) : xs;
  const value = (values: Values, i: number) => (xs.length === 1 ? values[0] : values[i]) ?? null;
  let d = "";
  let run: number[] = [];
  for (let i = 0; i <= at.length; i++) {
    if (i < at.length && value(low, i) !== null && value(high, i) !== null) {
      run.push(i);
      continue;
    }
    const pixels = run.map((k) => at[k] as number);
    const top = line(
      pixels,
      run.map((k) => y(value(high, k) as number)),
    );
    const back = line(
      [...pixels].reverse(),
      [...run].reverse().map((k) => y(value(low, k) as number)),
    );
    if (run.length > 1) d += `${top}${back.replace("M", "L")}Z`;
    run = [];
  }
  return <path class={name} d={d} />;
}

/** A bar under the periods in which something was left to chance. */
function Randomised({
  starts,
  ends,
  randomised,
  randomisedWords: words,
  x,
  right,
}: SharesProps & { x: Scale; right: number }) {
  const marked = randomised.flatMap((share, i) => (share === null || share === 0 ? [] : [i]));
  const [first, last] = [marked[0], marked.at(-1)];
  if (first === undefined || last === undefined) return null;
  const bars = marked.map((i) =>
    closed(
      line([x(starts[i] as number), x(ends[i] as number)], [BASE - 4, BASE - 4]),
      x(starts[i] as number),
      x(ends[i] as number),
      BASE,
    ),
  );
  const [from, to] = [x(starts[first] as number), x(ends[last] as number)];
  const length = (words?.length ?? 0) * LETTER;
  const at = Math.max(LEFT + length / 2, Math.min((from + to) / 2, right - length / 2));
  return (
    <g>
      <path class="al-if-fill" d={bars.join("")} />
      {words !== null && length < right - LEFT && (
        <text class="al-if-ink al-halo" x={at} y={BASE - 8} text-anchor="middle">
          {words}
        </text>
      )}
    </g>
  );
}

function Ends({ value, null: none, names, print, y, x }: SharesProps & { y: Scale; x: number }) {
  const [now, quiet] = [value.findLast((one) => one !== null) ?? null, none.findLast((one) => one !== null) ?? null];
  let [top, low] = [now === null ? 0 : y(now), quiet === null ? 0 : y(quiet)];
  if (now !== null && quiet !== null && Math.abs(top - low) < APART) {
    const middle = (top + low) / 2;
    [top, low] = top <= low ? [middle - APART / 2, middle + APART / 2] : [middle + APART / 2, middle - APART / 2];
  }
  return (
    <g>
      {quiet !== null && (
        <text class="al-ref" x={x} y={low + 4}>
          {names[1]} {print(quiet)}
        </text>
      )}
      {now !== null && (
        <text class="al-cur" x={x} y={top + 4}>
          {names[0]} <tspan class="al-bold">{print(now)}</tspan>
        </text>
      )}
    </g>
  );
}
