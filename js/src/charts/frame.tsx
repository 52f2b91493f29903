// What charts have in common: margins, grid lines, time axes.

import { timeTicks } from "./calendar";
import { pure } from "./pure";
import { linear } from "./scale";

/** Room for tick labels on the left, and for the labels at the ends of lines on the right. */
export const margins = (width: number) => ({ left: 42, right: width < 420 ? 84 : 94 });

/** A tick label with its grid line. */
export function Grid({ at, label, left, right }: { at: number; label: string; left: number; right: number }) {
  return (
    <g>
      <line class="al-grid" x1={left} x2={right} y1={at} y2={at} />
      <text x={left - 6} y={at + 4} text-anchor="end">
        {label}
      </text>
    </g>
  );
}

interface TimeAxisProps {
  readonly left: number; // pixels of the start and of the end
  readonly right: number;
  readonly start: number;
  readonly end: number;
  readonly zone: string;
  readonly y: number;
}

/** Ticks and labels under a time chart; a label that would leave the chart is left out. */
export const TimeAxis = pure(({ left, right, start, end, zone, y }: TimeAxisProps) => {
  const x = linear([start, end], [left, right]);
  const ticks = timeTicks(start, end, zone, right - left);
  return (
    <g>
      <line class="al-axis" x1={left} x2={right} y1={y + 0.5} y2={y + 0.5} />
      {ticks.map(({ at, label }) => (
        <g key={at} transform={`translate(${x(at).toFixed(1)},${y})`}>
          <line class="al-axis" y2={4} />
          {x(at) + label.length * 6 < right + 8 && (
            <text x={3} y={14}>
              {label}
            </text>
          )}
        </g>
      ))}
    </g>
  );
});
