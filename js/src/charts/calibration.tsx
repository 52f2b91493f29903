import { roundShare } from "./format";
import { Grid } from "./frame";
import { line } from "./path";
import { pure } from "./pure";
import { linear, ticks } from "./scale";

/** Rows of similar score: what share of them came true. */
export interface Point {
  readonly score: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface CalibrationProps {
  readonly width: number;
  readonly height: number;
  readonly reference: readonly Point[];
  readonly current: readonly Point[];
}

const TOP = 8;
const BOTTOM = 20;
const LEFT = 42;
const RIGHT = 12;

/** Returns how often scores came true in both windows, over the line on which they would be right. */
export const Calibration = pure(({ width, height, reference, current }: CalibrationProps) => {
  const all = [...reference, ...current];
  const most = Math.min(1, 1.05 * Math.max(0.05, ...all.map(({ score, share }) => Math.max(score, share))));
  const x = linear([0, most], [LEFT, width - RIGHT]);
  const y = linear([0, most], [height - BOTTOM, TOP]);
  const curve = (points: readonly Point[]) =>
    line(
      points.map(({ score }) => x(score)),
      points.map(({ share }) => y(share)),
    );
  const cut = (share: number) => y(Math.min(share, most));
  return (
    <g>
      {ticks(0, most, 4).map((value) => (
        <g key={value}>
          <Grid at={y(value)} label={roundShare(value)} left={LEFT} right={width - RIGHT} />
          <text x={x(value)} y={height - 5} text-anchor="middle">
            {roundShare(value)}
          </text>
        </g>
      ))}
      <line class="al-break" x1={x(0)} x2={x(most)} y1={y(0)} y2={y(most)} />
      <path class="al-line-ref" d={curve(reference)} />
      {reference.map(({ score, share }) => (
        <circle key={score} class="al-dot-ref" cx={x(score)} cy={y(share)} r={2.5} />
      ))}
      {current.map(({ score, low, high }) => (
        <line key={score} class="al-line-cur" x1={x(score)} x2={x(score)} y1={cut(low)} y2={cut(high)} />
      ))}
      <path class="al-line-cur" d={curve(current)} />
      {current.map(({ score, share }) => (
        <circle key={score} class="al-dot-cur" cx={x(score)} cy={y(share)} r={3} />
      ))}
    </g>
  );
});
