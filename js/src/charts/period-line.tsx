import { followed, slider } from "./slider";

export interface PeriodLineProps {
  /** Pixel of each period's middle. */
  readonly middles: readonly number[];
  readonly period: number;
  /** The period as it is now, which may be ahead of what is drawn. */
  readonly latest: () => number;
  readonly top: number;
  readonly base: number;
  /** Where the knob stands; null where the measure is not known. */
  readonly knob: number | null;
  readonly spoken: string;
  readonly value: string;
  readonly change: (period: number) => void;
  readonly done: (keyed: boolean) => void;
  readonly reset: () => void;
}

const HIT = 12;
const PAGE = 4; // periods

/** Returns the period that is looked at: an upright line with a knob, to be dragged or moved by keys. */
export function PeriodLine(props: PeriodLineProps) {
  const { middles, period, top, base, knob } = props;
  const x = middles[period] ?? 0;
  const y = knob ?? (top + base) / 2;
  const [left, right] = [(middles[0] ?? 0) - HIT, (middles.at(-1) ?? 0) + HIT];
  return (
    <g class="al-period" {...control(props)}>
      <rect class="al-hit" x={left} y={top - 4} width={right - left} height={base - top + 8} />
      <line class="al-period-line" x1={x} x2={x} y1={top} y2={base} />
      <circle class="al-dot-open al-strong" cx={x} cy={y} r={5} />
      <circle class="al-ring" cx={x} cy={y} r={9} />
    </g>
  );
}

function control({ middles, period, latest, spoken, value, change, done, reset }: PeriodLineProps) {
  const nearest = (pixel: number) =>
    middles.reduce((best, at, i) => (Math.abs(at - pixel) < Math.abs((middles[best] as number) - pixel) ? i : best), 0);
  return slider({
    part: "period",
    label: spoken,
    orientation: "horizontal",
    least: 0,
    most: middles.length - 1,
    now: period,
    text: value,
    grab: (event) =>
      followed(
        event,
        (pixel) => change(nearest(pixel)),
        () => done(false),
      ),
    page: PAGE,
    step: (by) => {
      change(latest() + by);
      done(true);
    },
    reset,
  });
}
