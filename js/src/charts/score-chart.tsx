import { hatched } from "./hatch";
import { line } from "./path";
import { pure } from "./pure";
import { linear, type Scale, ticks } from "./scale";

interface Reach {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Where bins of the score start and end. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly print: (value: number) => string;
  readonly xTitle: string;
}

export interface ScoreBarsProps extends Frame {
  readonly values: readonly (number | null)[];
  /** A share below which nothing is told, if there is one. */
  readonly floor: number | null;
  readonly most: number;
}

export interface ScoreRatesProps extends Frame {
  readonly seen: readonly Reach[];
  readonly weighted: readonly Reach[];
  readonly names: readonly [string, string];
}

const LEFT = 44;
const TOP = 8;
const BOTTOM = 34;
const RIGHT = 12;
const APART = 13;

function gridOf({ width, height, low, high }: Frame, right: number) {
  const base = height - BOTTOM;
  return { x: linear([low[0] ?? 0, high.at(-1) ?? 1], [LEFT, width - right]), base, right: width - right };
}

/** Returns one bar a bin of the score. */
export const ScoreBars = pure((props: ScoreBarsProps) => {
  const { low, high, values, floor, most } = props;
  const { x, base, right } = gridOf(props, RIGHT);
  const y = linear([0, most], [base, TOP]);
  return (
    <g>
      <Axes {...props} x={x} y={y} most={most} right={right} />
      {values.map((value, i) => {
        const [left, wide] = [x(low[i] as number) + 1, x(high[i] as number) - x(low[i] as number) - 2];
        return value === null ? (
          <path key={i} class="al-hatch" d={hatched(left, left + wide, TOP, base)} />
        ) : (
          <rect key={i} class="al-score-bar" x={left} y={y(value)} width={Math.max(1, wide)} height={base - y(value)} />
        );
      })}
      {floor !== null && <line class="al-matters" x1={LEFT} x2={right} y1={y(floor)} y2={y(floor)} />}
    </g>
  );
});

/** Returns the rate among the rows that have a label, and that of all rows, by score, each with its interval. */
export const ScoreRates = pure((props: ScoreRatesProps) => {
  const { low, high, seen, weighted, names, width } = props;
  const { x, base, right } = gridOf(props, width < 420 ? 64 : 76);
  const known = [...seen, ...weighted].flatMap((one) => [one.value ?? 0, one.high ?? 0]);
  const most = Math.min(1, Math.max(0.01, ...known) * 1.04);
  const y = linear([0, most], [base, TOP]);
  const ends = names.map((name, i) => ({
    name,
    at: [seen, weighted][i]?.findLast(({ value }) => value !== null)?.value ?? null,
  }));
  return (
    <g>
      <Axes {...props} x={x} y={y} most={most} right={right} />
      {weighted.map((one, i) =>
        one.value === null ? (
          <path key={i} class="al-hatch" d={hatched(x(low[i] as number), x(high[i] as number), TOP, base, 8)} />
        ) : null,
      )}
      <Course of={seen} name="ref" shift={-2} {...{ low, high, x, y }} />
      <Course of={weighted} name="cur" shift={2} {...{ low, high, x, y }} />
      <EndLabels ends={ends} y={y} x={right + 8} />
    </g>
  );
});

interface CourseProps {
  readonly of: readonly Reach[];
  readonly name: "ref" | "cur";
  readonly shift: number; // pixels, so that two whiskers stand beside each other
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly x: Scale;
  readonly y: Scale;
}

function Course({ of, name, shift, low, high, x, y }: CourseProps) {
  const at = of.map((_, i) => x(((low[i] as number) + (high[i] as number)) / 2) + shift);
  const whiskers = of.map((one, i) =>
    one.low === null || one.high === null
      ? ""
      : `M${at[i]?.toFixed(1)},${y(one.low).toFixed(1)}V${y(one.high).toFixed(1)}`,
  );
  return (
    <g>
      <path class={`al-line-${name}`} d={whiskers.join("")} />
      <path
        class={`al-line-${name} al-strong`}
        d={line(
          at,
          of.map(({ value }) => (value === null ? Number.NaN : y(value))),
        )}
      />
      {of.map(
        ({ value }, i) => value !== null && <circle key={i} class={`al-dot-${name}`} cx={at[i]} cy={y(value)} r={3} />,
      )}
    </g>
  );
}

function EndLabels({ ends, x, y }: { ends: readonly { name: string; at: number | null }[]; x: number; y: Scale }) {
  const [seen, all] = ends.map(({ at }) => (at === null ? null : y(at)));
  const apart = seen != null && all != null && Math.abs(seen - all) < APART;
  const push = apart ? (APART - Math.abs(seen - all)) / 2 : 0;
  const way = seen != null && all != null && seen < all ? -1 : 1;
  return (
    <g>
      {seen != null && (
        <text class="al-ref" x={x} y={seen + 4 + way * push}>
          {ends[0]?.name}
        </text>
      )}
      {all != null && (
        <text class="al-cur" x={x} y={all + 4 - way * push}>
          {ends[1]?.name}
        </text>
      )}
    </g>
  );
}

interface AxesProps extends Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly most: number;
  readonly right: number;
}

function Axes({ x, y, most, right, print, height, low, high, xTitle }: AxesProps) {
  const base = height - BOTTOM;
  return (
    <g>
      {ticks(0, most, 4).map((value) => (
        <g key={value}>
          <line class={value === 0 ? "al-axis" : "al-grid"} x1={LEFT} x2={right} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {print(value)}
          </text>
        </g>
      ))}
      {ticks(low[0] ?? 0, high.at(-1) ?? 1, right < 260 ? 3 : 5).map((value) => (
        <text key={value} x={x(value)} y={base + 15} text-anchor="middle">
          {value}
        </text>
      ))}
      <text x={(LEFT + right) / 2} y={base + 30} text-anchor="middle">
        {xTitle}
      </text>
    </g>
  );
}
