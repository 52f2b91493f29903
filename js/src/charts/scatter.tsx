import type { Verdict } from "../contract/drift";
import { cutInTheMiddle } from "./categories";
import { number, share } from "./format";
import { linear } from "./scale";

export interface ScatterPoint {
  readonly name: string;
  readonly effect: number;
  readonly importance: number;
  readonly verdict: Verdict;
  readonly selected: boolean;
}

export interface ScatterProps {
  readonly width: number;
  readonly height: number;
  readonly points: readonly ScatterPoint[];
  readonly pick: (name: string) => void;
}

const LEFT = 30;
const BOTTOM = 30;
const TOP = 8;

/** Returns effect against importance: what is far up and far right matters. */
export function Scatter({ width, height, points, pick }: ScatterProps) {
  const most = Math.max(0.05, ...points.map((point) => point.effect)) * 1.06;
  const heaviest = Math.max(1e-9, ...points.map((point) => point.importance)) * 1.06;
  const base = height - BOTTOM;
  const x = linear([0, most], [LEFT, width - 8]);
  const y = linear([0, heaviest], [base, TOP]);
  const selected = points.find((point) => point.selected);
  return (
    <g>
      <line class="al-axis" x1={LEFT} x2={width - 8} y1={base + 0.5} y2={base + 0.5} />
      <line class="al-axis" x1={LEFT} x2={LEFT} y1={TOP} y2={base} />
      <text x={width - 8} y={base + 14} text-anchor="end">
        effect, up to {share(most / 1.06)}
      </text>
      <text x={LEFT} y={base + 14}>
        0
      </text>
      <text transform={`translate(${LEFT - 8},${TOP}) rotate(-90)`} text-anchor="end">
        importance
      </text>
      {selected !== undefined && (
        <Name point={selected} x={x(selected.effect)} y={y(selected.importance)} width={width} />
      )}
      {points.map((point) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the list beside it is the way by keyboard
        <circle
          key={point.name}
          class={`al-point al-${point.verdict}${point.selected ? " al-selected" : ""}`}
          cx={x(point.effect).toFixed(1)}
          cy={y(point.importance).toFixed(1)}
          r={point.selected ? 5 : 3.5}
          onClick={() => pick(point.name)}
        >
          <title>{`${point.name}: effect ${share(point.effect)}, importance ${number(point.importance)}`}</title>
        </circle>
      ))}
    </g>
  );
}

/** The name beside its point, on the side that has the room. */
function Name({ point, x, y, width }: { point: ScatterPoint; x: number; y: number; width: number }) {
  const flip = x > width / 2;
  return (
    <text class="al-ink al-halo" x={x + (flip ? -9 : 9)} y={y + 4} text-anchor={flip ? "end" : "start"}>
      {cutInTheMiddle(point.name, 24)}
    </text>
  );
}
