import type { Scale } from "./scale";
import { slider } from "./slider";

export interface ThresholdProps {
  readonly left: number;
  readonly right: number; // end of the line; the label stands beside it
  readonly width: number; // of the label
  readonly y: Scale;
  readonly value: number;
  /** The value as it is now, which may be ahead of what is drawn. */
  readonly latest: () => number;
  readonly text: string;
  readonly change: (value: number) => void;
  readonly done: () => void;
  readonly reset: () => void;
}

const STEP = 0.005;
const PAGE = 10; // steps
const LETTER = 6.2; // pixels

/** Returns the nearest threshold that can be set: steps of half a percent, above 0 and at most 1. */
export const settable = (value: number) => Math.max(STEP, Math.min(1, Math.round(value / STEP) * STEP));

/** Returns the line above which an effect matters, to be dragged or moved by keys. */
export function Threshold(props: ThresholdProps) {
  const { left, right, width, y, value, text } = props;
  const at = Math.round(y(value)) + 0.5;
  const fits = 3 + (text.length + 8) * LETTER <= width - 18;
  return (
    <g class="al-threshold" transform={`translate(0,${at})`} {...control(props)}>
      <rect class="al-hit" x={left} y={-6} width={right - left} height={12} />
      <line class="al-matters" x1={left} x2={right} />
      <rect class="al-tag" x={right - 4} y={-10} width={width} height={20} rx={4} />
      <rect class="al-ring" x={right - 7} y={-13} width={width + 6} height={26} rx={6} />
      <text class="al-alarm-ink" x={right + 3} y={4}>
        matters <tspan class="al-bold">{text}</tspan>
      </text>
      {fits && <path class="al-arrows" d={`M${right + width - 16},-2l3,-4l3,4m-6,4l3,4l3,-4`} />}
    </g>
  );
}

function control({ value, latest, text, y, change, done, reset }: ThresholdProps) {
  return slider({
    part: "threshold",
    label: "An effect matters from",
    orientation: "vertical",
    least: 0,
    most: 1,
    now: value,
    text: `${text} of rows`,
    grab: () => ({ move: (_, dy) => change(settable(y.invert(y(value) + dy))), end: done }),
    page: PAGE,
    step: (by) => {
      change(settable(latest() + by * STEP));
      done();
    },
    reset,
  });
}
