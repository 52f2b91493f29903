import { line } from "./path";
import { pure } from "./pure";
import { linear } from "./scale";

export interface PlanProps {
  readonly width: number;
  readonly height: number;
  readonly points: readonly { readonly share: number; readonly periods: number; readonly half_width: number }[];
  /** The smallest that would do. */
  readonly advice: { readonly share: number; readonly periods: number; readonly half_width: number } | null;
  readonly noun: string; // "weeks"
  readonly print: (value: number) => string;
  readonly printShare: (share: number) => string;
}

const LEFT = 46;
const RIGHT = 40;
const TOP = 8;
const BOTTOM = 32;
const ROUND = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const APART = 12;
const WIDTHS = [1, 2, 4, 8, 12, 26, 52];

/** Returns how wide the interval would be after so many periods, one line a share that is randomised. */
export const PlanLines = pure((props: PlanProps) => {
  const { width, height, points, advice, noun } = props;
  const [right, base] = [width - RIGHT, height - BOTTOM];
  const ends = (values: number[]) => [Math.log(Math.min(...values)), Math.log(Math.max(...values))] as const;
  const across = linear(ends(points.map((one) => one.periods)), [LEFT, right]);
  const up = linear(ends(points.map((one) => one.half_width)), [base, TOP]);
  const [x, y] = [(periods: number) => across(Math.log(periods)), (half: number) => up(Math.log(half))];
  const within = (scale: typeof up, low: number, high: number) => (value: number) => {
    const at = scale(Math.log(value));
    return at >= Math.min(low, high) - 0.5 && at <= Math.max(low, high) + 0.5;
  };
  const widths = WIDTHS.filter(within(across, LEFT, right));
  const shares = [...new Set(points.map((one) => one.share))].sort((a, b) => a - b);
  return (
    <g>
      {ROUND.filter(within(up, TOP, base)).map((half) => (
        <g key={half}>
          <line class="al-grid" x1={LEFT} x2={right} y1={y(half)} y2={y(half)} />
          <text x={LEFT - 6} y={y(half) + 4} text-anchor="end">
            ±{"\u202f"}
            {half}
          </text>
        </g>
      ))}
      {widths.map((periods, i) => (
        <text
          key={periods}
          x={x(periods)}
          y={base + 15}
          text-anchor={i === 0 ? "start" : i === widths.length - 1 ? "end" : "middle"}
        >
          {i === widths.length - 1 && width > 360 ? `${periods} ${noun}` : periods}
        </text>
      ))}
      {shares.map((share) => (
        <ShareLine key={share} {...props} share={share} x={x} y={y} right={right} taken={takenBy(props, share, y)} />
      ))}
      {advice !== null && <Advice {...advice} x={x} y={y} base={base} right={right} print={props.print} />}
    </g>
  );
});

/** Whether another share's label, of a line that matters more, stands where this one's would. */
function takenBy({ points, advice }: PlanProps, share: number, y: (half: number) => number): boolean {
  const end = (of: number) => points.findLast((one) => one.share === of)?.half_width ?? 1;
  return advice !== null && advice.share !== share && Math.abs(y(end(share)) - y(end(advice.share))) < APART;
}

interface LineProps extends PlanProps {
  readonly share: number;
  readonly taken: boolean;
  readonly x: (periods: number) => number;
  readonly y: (half: number) => number;
  readonly right: number;
}

function ShareLine({ points, share, advice, taken, x, y, right, printShare }: LineProps) {
  const own = points.filter((one) => one.share === share).sort((a, b) => a.periods - b.periods);
  const advised = advice?.share === share;
  const d = line(
    own.map((one) => x(one.periods)),
    own.map((one) => y(one.half_width)),
  );
  return (
    <g>
      <path class={advised ? "al-promised al-strong" : "al-line-ref"} d={d} />
      {!taken && (
        <text
          class={advised ? "al-if-ink al-bold" : ""}
          x={right + RIGHT - 2}
          y={y(own.at(-1)?.half_width ?? 1) + 4}
          text-anchor="end"
        >
          {printShare(share)}
        </text>
      )}
    </g>
  );
}

interface AdviceProps {
  readonly periods: number;
  readonly half_width: number;
  readonly x: (periods: number) => number;
  readonly y: (half: number) => number;
  readonly base: number;
  readonly right: number;
  readonly print: (value: number) => string;
}

function Advice({ periods, half_width: half, x, y, base, right, print }: AdviceProps) {
  const flip = x(periods) + 60 > right;
  return (
    <g>
      <line class="al-if-drop" x1={x(periods)} x2={x(periods)} y1={y(half)} y2={base} />
      <circle class="al-if-dot" cx={x(periods)} cy={y(half)} r={4.5} />
      <text
        class="al-if-ink al-bold al-halo"
        x={x(periods) + (flip ? -8 : 8)}
        y={y(half) + (flip ? 16 : -7)}
        text-anchor={flip ? "end" : "start"}
      >
        ±{"\u202f"}
        {print(half)}
      </text>
    </g>
  );
}
