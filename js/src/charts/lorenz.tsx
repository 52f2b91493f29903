import { roundShare } from "./format";
import { line } from "./path";
import { pure } from "./pure";
import { linear } from "./scale";

export interface LorenzProps {
  readonly width: number;
  readonly height: number;
  /** Cumulative shares at even steps from 0 to all items; empty where they are not known. */
  readonly exposure: readonly number[];
  readonly merit: readonly number[];
  /** Half-open range of items that is picked, from 0 to 1. */
  readonly picked: readonly [number, number] | null;
  readonly xTitle: string;
}

const LEFT = 40;
const RIGHT = 12;
const TOP = 6;
const BOTTOM = 34;
const MARKS = [0, 0.25, 0.5, 0.75, 1];

export function lorenzGrid({ width, height }: Pick<LorenzProps, "width" | "height">) {
  const [right, base] = [width - RIGHT, height - BOTTOM];
  return { x: linear([0, 1], [LEFT, right]), y: linear([0, 1], [base, TOP]), left: LEFT, right, top: TOP, base };
}

/** Returns a curve's height at a share of items. */
export function curveAt(curve: readonly number[], share: number): number | null {
  const at = share * (curve.length - 1);
  const [low, high] = [curve[Math.floor(at)], curve[Math.ceil(at)]];
  return low === undefined || high === undefined ? null : low + (at - Math.floor(at)) * (high - low);
}

/** Returns who gets how much, the least shown first: exposure, merit, and as it would be were all alike. */
export const Lorenz = pure((props: LorenzProps) => {
  const { exposure, merit, picked, xTitle } = props;
  const { x, y, left, right, top, base } = lorenzGrid(props);
  const curve = (values: readonly number[]) =>
    line(
      values.map((_, i) => x(i / (values.length - 1))),
      values.map(y),
    );
  const between = merit.length === 0 ? "" : `${curve(merit)}L${x(0)},${y(0)}Z`;
  return (
    <g>
      {picked !== null && (
        <rect class="al-picked" x={x(picked[0])} y={top} width={x(picked[1]) - x(picked[0])} height={base - top} />
      )}
      {MARKS.map((mark) => (
        <g key={mark}>
          <line class={mark === 0 ? "al-axis" : "al-grid"} x1={left} x2={right} y1={y(mark)} y2={y(mark)} />
          <text x={left - 6} y={y(mark) + 4} text-anchor="end">
            {roundShare(mark)}
          </text>
          <text x={x(mark)} y={base + 14} text-anchor={mark === 1 ? "end" : mark === 0 ? "start" : "middle"}>
            {mark === 0 ? "0" : roundShare(mark)}
          </text>
        </g>
      ))}
      <path class="al-natural" d={between} />
      <path class="al-equal" d={line([x(0), x(1)], [y(0), y(1)])} />
      <path class="al-line-ref al-strong" d={curve(merit)} />
      <path class="al-line-cur al-strong" d={curve(exposure)} />
      {picked !== null && <Picked {...props} picked={picked} />}
      <text x={x(0.55)} y={y(0.55) - 10} text-anchor="end">
        equal
      </text>
      <text x={(left + right) / 2} y={base + 30} text-anchor="middle">
        {xTitle}
      </text>
    </g>
  );
});

/** The stretch of the exposure curve that the picked items make. */
function Picked(props: LorenzProps & { picked: readonly [number, number] }) {
  const { exposure, picked } = props;
  const { x, y } = lorenzGrid(props);
  const last = exposure.length - 1;
  const inside = exposure.flatMap((value, i) => {
    const share = i / last;
    return share > picked[0] && share < picked[1] ? [[share, value] as const] : [];
  });
  const ends = picked.map((share) => [share, curveAt(exposure, share) ?? 0] as const);
  const points = [ends[0] as readonly [number, number], ...inside, ends[1] as readonly [number, number]];
  const d = line(
    points.map(([share]) => x(share)),
    points.map(([, value]) => y(value)),
  );
  return <path class="al-line-cur al-thick" d={d} />;
}
