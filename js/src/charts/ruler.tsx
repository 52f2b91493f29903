import { pure } from "./pure";
import { linear, ticks } from "./scale";

/** A value with its interval. */
export interface Mark {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface RulerProps {
  readonly width: number;
  readonly before: Mark;
  readonly after: Mark;
  /** Between these, values are no more than natural variation; null while it is not known. */
  readonly usual: readonly [number, number] | null;
  readonly matters: number | null;
  readonly pending: boolean;
  readonly print: (value: number) => string;
  /** Both values as they are said. */
  readonly said: readonly [string, string];
}

const BAND = { top: 20, height: 34 };
const BASE = BAND.top + BAND.height;
const PAD = 10;

export const RULER_HEIGHT = BASE + 20;

/** Returns two values on one axis over the band of natural variation, with the changes that matter marked. */
export const Ruler = pure((props: RulerProps) => {
  const { width, before, after, usual, matters, pending, print, said } = props;
  const domain = domainOf(props);
  const x = linear(domain, [PAD, width - PAD]);
  const cut = (value: number) => x(Math.max(domain[0], Math.min(domain[1], value)));
  const inside = (value: number) => value > domain[0] && value < domain[1];
  const fade = pending ? " al-pending" : "";
  return (
    <g>
      {usual !== null && (
        <rect
          class={`al-natural${fade}`}
          x={cut(usual[0])}
          y={BAND.top}
          width={Math.max(1, cut(usual[1]) - cut(usual[0]))}
          height={BAND.height}
        />
      )}
      <line class="al-axis" x1={PAD} x2={width - PAD} y1={BASE + 0.5} y2={BASE + 0.5} />
      {ticks(domain[0], domain[1], Math.max(3, Math.floor(width / 90))).map((value) => (
        <g key={value} transform={`translate(${x(value).toFixed(1)},${BASE})`}>
          <line class="al-axis" y2={4} />
          <text y={15} text-anchor="middle">
            {print(value)}
          </text>
        </g>
      ))}
      {matters !== null &&
        [before.value - matters, before.value + matters]
          .filter(inside)
          .map((at) => <line key={at} class="al-matters" x1={x(at)} x2={x(at)} y1={BAND.top} y2={BASE} />)}
      <Whole mark={before} tone="ref" y={BAND.top + 10} x={cut} fade={fade} />
      <Whole mark={after} tone="cur" y={BAND.top + 24} x={cut} fade={fade} />
      <Names x={cut} width={width} values={[before.value, after.value]} said={said} />
    </g>
  );
});

/** Both values, their intervals where those leave the rest legible, and the changes that matter. */
function domainOf({ before, after, usual, matters }: RulerProps): [number, number] {
  const middle = before.value;
  const ends = [before.low, before.high, after.low, after.high].filter((end) => end !== null);
  const reach = (values: readonly number[]) => Math.max(0, ...values.map((value) => Math.abs(value - middle)));
  const core = Math.max(reach([after.value]), 2 * (matters ?? 0), 1e-9);
  const half = 1.08 * Math.max(core, Math.min(reach([...ends, ...(usual ?? [])]), 6 * core));
  return [middle - half, middle + half];
}

interface WholeProps {
  readonly mark: Mark;
  readonly tone: "ref" | "cur";
  readonly y: number;
  readonly x: (value: number) => number;
  readonly fade: string;
}

function Whole({ mark: { value, low, high }, tone, y, x, fade }: WholeProps) {
  return (
    <g>
      {low !== null && high !== null && (
        <line class={`al-line-${tone} al-strong${fade}`} x1={x(low)} x2={x(high)} y1={y} y2={y} />
      )}
      <circle class={`al-dot-${tone}`} cx={x(value)} cy={y} r={4} />
    </g>
  );
}

const LETTER = 6.2;

interface NamesProps {
  readonly x: (value: number) => number;
  readonly width: number;
  readonly values: readonly [number, number];
  readonly said: readonly [string, string];
}

/** Both values by name above their dots, side by side where those are near. */
function Names({ x, width, values, said }: NamesProps) {
  const texts = [`reference ${said[0]}`, `current ${said[1]}`] as const;
  const [before, after] = [x(values[0]), x(values[1])];
  const [long, wide] = [texts[0].length * LETTER, texts[1].length * LETTER];
  const isFirst = before <= after;
  const [first, second] = isFirst ? [long, wide] : [wide, long];
  let [left, right] = isFirst ? [before - long / 2, after - wide / 2] : [after - wide / 2, before - long / 2];
  left = Math.max(0, Math.min(left, width - first - second - 12));
  right = Math.min(width - second, Math.max(right, left + first + 12));
  if (left + first + 12 > right) left = Math.max(0, right - first - 12);
  const at = isFirst ? [left, right] : [right, left];
  return (
    <g>
      <text class="al-ref" x={at[0]} y={12}>
        {texts[0]}
      </text>
      <text class="al-cur al-bold" x={at[1]} y={12}>
        {texts[1]}
      </text>
    </g>
  );
}
