import { type Pair, type Quantile, quantile } from "./bins";
import { margins } from "./frame";
import { linear, type Scale } from "./scale";

export interface QuantilesProps {
  readonly width: number;
  readonly y: number;
  readonly x: Scale;
  readonly edges: readonly number[];
  readonly pair: Pair;
  /** A difference of two values, with its sign. */
  readonly change: (difference: number) => string;
}

const LEVELS = [0.5, 0.9, 0.1, 0.05, 0.25, 0.75, 0.95]; // in the order in which they may have a label
const NAMES: Record<number, string> = { 0.5: "median", 0.9: "90\u202f%", 0.1: "10\u202f%" };
const GAP = 31;
const LETTER = 6.4;

interface Shift {
  readonly level: number;
  readonly from: Quantile;
  readonly to: Quantile;
}

function shifts(edges: readonly number[], pair: Pair): Shift[] {
  return LEVELS.flatMap((level) => {
    const from = quantile(edges, pair.p, level);
    const to = quantile(edges, pair.q, level);
    return from === null || to === null ? [] : [{ level, from, to }];
  });
}

/** Returns two rulers, the same quantiles joined by lines: where the rows of the reference went. */
export function Quantiles(props: QuantilesProps) {
  const { width, y, x, edges, pair } = props;
  const { left, right } = margins(width);
  const moved = shifts(edges, pair);
  const place = clamped(x, left, width - right);
  const d = (rows: Shift[]) => rows.map(({ from, to }) => `M${place(from)},${y}L${place(to)},${y + GAP}`).join("");
  return (
    <g>
      <line class="al-ruler-ref" x1={left} x2={width - right} y1={y} y2={y} />
      <line class="al-ruler-cur" x1={left} x2={width - right} y1={y + GAP} y2={y + GAP} />
      <path class="al-shift" d={d(moved.filter(({ level }) => level !== 0.5))} />
      <path class="al-shift al-strong" d={d(moved.filter(({ level }) => level === 0.5))} />
      {moved.map(({ level, from, to }) => (
        <g key={level}>
          <circle class="al-dot-ref" cx={place(from)} cy={y} r={level === 0.5 ? 4 : 2.5} />
          <circle
            class={to.beyond ? "al-dot-open" : "al-dot-cur"}
            cx={place(to)}
            cy={y + GAP}
            r={level === 0.5 ? 4 : 2.5}
          />
        </g>
      ))}
      <text class="al-ref" x={width - right + 10} y={y + 4}>
        reference
      </text>
      <text class="al-cur" x={width - right + 10} y={y + GAP + 4}>
        current
      </text>
      <Labels {...props} moved={moved} place={place} />
    </g>
  );
}

const clamped =
  (x: Scale, low: number, high: number) =>
  ({ value, beyond }: Quantile) => {
    if (beyond !== 0) return (beyond < 0 ? low + 5 : high - 5).toFixed(1);
    return Math.min(high, Math.max(low, x(value))).toFixed(1);
  };

function Labels({
  width,
  y,
  change,
  moved,
  place,
}: QuantilesProps & { moved: Shift[]; place: (q: Quantile) => string }) {
  const { left, right } = margins(width);
  const taken: [number, number][] = [];
  const labels = moved.flatMap(({ level, from, to }) => {
    const name = NAMES[level];
    if (name === undefined) return [];
    const text = to.beyond ? `${name} beyond` : `${name} ${change(to.value - from.value)}`;
    const half = (text.length * LETTER) / 2;
    const middle = linear(
      [0, 1],
      [0, 1],
    )(Math.max(left - 20 + half, Math.min(width - right - half + 24, Number(place(to)))));
    if (taken.some(([at, reach]) => Math.abs(at - middle) < reach + half + 8)) return [];
    taken.push([middle, half]);
    return [{ level, text, middle }];
  });
  return (
    <g>
      {labels.map(({ level, text, middle }) => (
        <text
          key={level}
          class={level === 0.5 ? "al-ink al-bold" : ""}
          x={middle}
          y={y + GAP + 17}
          text-anchor="middle"
        >
          {text}
        </text>
      ))}
    </g>
  );
}
