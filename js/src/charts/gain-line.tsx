import { hatched } from "./hatch";
import { pure } from "./pure";
import { linear } from "./scale";

export interface GainLineProps {
  readonly width: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the interval is to be read, and not the value. */
  readonly boundOnly: boolean;
  readonly print: (value: number) => string;
}

const DOMAIN = [-0.13, 1.32] as const;
const PAD = 10;
const Y = 47;
const HALF = 7;
const MARKS = [0, 0.25, 0.5, 0.75, 1];
const APART = 4;
const LETTER = 6.6; // pixels of a digit in a wide font

export const GAIN_HEIGHT = 84;

/** Where gains stand: the sum under the line shares it. */
export const gainScale = (width: number) => linear(DOMAIN, [PAD, width - PAD]);

/** Returns a gain on its line, from none over what settles to what runs away, with its interval. */
export const GainLine = pure((props: GainLineProps) => {
  const { width, low, high, value } = props;
  const x = gainScale(width);
  const [left, right] = [PAD, width - PAD];
  const unknown = value === null && low === null && high === null;
  return (
    <g>
      <Runaway x={x(1)} right={right} />
      <line class="al-gain-axis" x1={left} x2={right} y1={Y} y2={Y} />
      {MARKS.map((mark) => (
        <Mark key={mark} mark={mark} x={x(mark)} />
      ))}
      {unknown ? <Unknown left={left} right={right} /> : <Reach {...props} />}
    </g>
  );
});

/** A gain and, above it, what a lasting difference adds up to: 1 / (1 − gain). */
function Mark({ mark, x }: { mark: number; x: number }) {
  const sum = mark === 0 ? "no loop" : `×\u202f${Number((1 / (1 - mark)).toPrecision(2))}`;
  const reach = mark === 1 ? 19 : mark === 0 ? 17 : 6;
  return (
    <g>
      <line class={mark === 1 ? "al-gain-runaway" : "al-gain-mark"} x1={x} x2={x} y1={Y - reach} y2={Y + reach} />
      {mark < 1 && (
        <text x={x} y={11} text-anchor="middle">
          {sum}
        </text>
      )}
      <text class="al-ink al-bold" x={x} y={Y + 34} text-anchor="middle">
        {mark}
      </text>
    </g>
  );
}

const Runaway = ({ x, right }: { x: number; right: number }) => (
  <g>
    <path class="al-runaway" d={hatched(x, right, Y - 19, Y + 19, 7)} />
    <text class="al-alarm-ink" x={(x + right) / 2} y={11} text-anchor="middle">
      runaway
    </text>
  </g>
);

/** The whole line, since the log tells nothing. */
const Unknown = ({ left, right }: { left: number; right: number }) => (
  <g>
    <path class="al-hatch" d={hatched(left + 8, right - 8, Y - 6, Y + 6)} />
    <path class="al-unsure-fill" d={`M${left},${Y}l9,-8v16zM${right},${Y}l-9,-8v16z`} />
  </g>
);

/** The interval as a band, open at an end without bound, and the value on it. */
function Reach({ width, value, low, high, boundOnly, print }: GainLineProps) {
  const x = gainScale(width);
  const cut = (gain: number) => x(Math.max(DOMAIN[0], Math.min(DOMAIN[1], gain)));
  const [from, to] = [cut(low ?? DOMAIN[0]), cut(high ?? DOMAIN[1])];
  const beyond = high === null || high > DOMAIN[1];
  const before = low === null || low < DOMAIN[0];
  return (
    <g>
      <rect class="al-gain-band" x={from} y={Y - HALF} width={Math.max(to - from, 1)} height={2 * HALF} />
      {boundOnly && <path class="al-gain-bound" d={hatched(from, to, Y - HALF, Y + HALF)} />}
      <path class="al-gain-end" d={`${end(from, before, -1)}${end(to, beyond, 1)}`} />
      {!boundOnly && value !== null && <circle class="al-dot-cur" cx={cut(value)} cy={Y} r={5.5} />}
      <Labels low={low} high={high} value={boundOnly ? null : value} cut={cut} print={print} />
    </g>
  );
}

/** A bound's end, or an arrow where there is none. */
const end = (at: number, open: boolean, way: number) =>
  open ? `M${at},${Y}l${-8 * way},-6m${8 * way},6l${-8 * way},6` : `M${at},${Y - HALF}v${2 * HALF}`;

interface LabelsProps {
  readonly low: number | null;
  readonly high: number | null;
  readonly value: number | null;
  readonly cut: (gain: number) => number;
  readonly print: (value: number) => string;
}

/** The value and its ends above the line; an end's label is left out where it would touch the value's. */
function Labels({ low, high, value, cut, print }: LabelsProps) {
  const long = (gain: number) => print(gain).length * LETTER;
  const touches = (gain: number) =>
    value !== null && Math.abs(cut(gain) - cut(value)) < (long(gain) + long(value)) / 2 + APART;
  const ends = [low, high].filter((one) => one !== null && Math.abs(one) < 1e3 && one > DOMAIN[0] && one < DOMAIN[1]);
  const bold = value === null ? "al-ink al-bold al-halo" : "al-halo";
  return (
    <g>
      {ends.map((one, i) =>
        one === null || touches(one) ? null : (
          <text key={i} class={bold} x={cut(one)} y={Y - 19} text-anchor="middle">
            {print(one)}
          </text>
        ),
      )}
      {value !== null && (
        <text class="al-ink al-bold al-halo" x={cut(value)} y={Y - 19} text-anchor="middle">
          {print(value)}
        </text>
      )}
    </g>
  );
}
