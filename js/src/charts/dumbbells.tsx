import { pure } from "./pure";
import { linear } from "./scale";

export interface DumbbellProps {
  readonly width: number;
  readonly height: number;
  readonly most: number; // end of the scale, which starts at zero
  readonly marks: readonly number[];
  readonly from: number | null; // the grey dot
  readonly to: number;
}

const PAD = 7;

export const dumbbellScale = (most: number, width: number) => linear([0, most], [PAD, width - PAD]);

/** Returns two shares on one scale, the reference in grey, joined by a line. */
export const Dumbbell = pure(({ width, height, most, marks, from, to }: DumbbellProps) => {
  const x = dumbbellScale(most, width);
  const y = height / 2;
  return (
    <svg width={width} height={height} aria-hidden="true">
      {marks.map((mark) => (
        <line key={mark} class="al-grid" x1={x(mark)} x2={x(mark)} y2={height} />
      ))}
      {from !== null && <line class="al-dumbbell" x1={x(from)} x2={x(to)} y1={y} y2={y} />}
      {from !== null && <circle class="al-dot-ref" cx={x(from)} cy={y} r={4} />}
      <circle class="al-dot-cur" cx={x(to)} cy={y} r={4} />
    </svg>
  );
});
