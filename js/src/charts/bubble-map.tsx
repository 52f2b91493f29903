import { contour, fieldOf, levelOf } from "./contour";
import { pure } from "./pure";
import { linear, ticks } from "./scale";

interface Counts {
  readonly cell: readonly number[];
  readonly n: readonly number[];
}

export interface BubbleMapProps {
  readonly width: number;
  readonly height: number;
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
  readonly shown: Counts;
  readonly null: Counts;
  readonly below: number;
  readonly yTick: (value: number) => string;
}

const LEFT = 40;
const RIGHT = 12;
const TOP = 6;
const BOTTOM = 36;
const SHARES = [0.95, 0.75, 0.5, 0.25]; // of users within each line
const LETTER = 5.9;

/** Returns where cells of users stand: what is picked shares it. */
export function bubbleGrid({
  width,
  height,
  xEdges,
  yEdges,
}: Pick<BubbleMapProps, "width" | "height" | "xEdges" | "yEdges">) {
  const [right, base] = [width - RIGHT, height - BOTTOM];
  const x = linear([xEdges[0] ?? 0, xEdges.at(-1) ?? 1], [LEFT, right]);
  const y = linear([yEdges[0] ?? 0, yEdges.at(-1) ?? 1], [base, TOP]);
  return { x, y, left: LEFT, right, top: TOP, base };
}

/** Returns what users see: how many are where, as lines of density, beside those of a world without the loop. */
export const BubbleMap = pure((props: BubbleMapProps) => {
  const { below, yTick } = props;
  const grid = bubbleGrid(props);
  const { x, y, left, right, top, base } = grid;
  const line = x(below);
  return (
    <g>
      {ticks(y.invert(base), y.invert(top), 4).map((value) => (
        <g key={value}>
          <line class="al-grid" x1={left} x2={right} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 4} text-anchor="end">
            {yTick(value)}
          </text>
        </g>
      ))}
      {ticks(x.invert(left), x.invert(right), 4).map((value, i, all) => (
        <text key={value} x={x(value)} y={base + 15} text-anchor="middle">
          {i === all.length - 1 ? `${value} bits` : value}
        </text>
      ))}
      <Density {...props} counts={props.null} name="ref" />
      <Density {...props} counts={props.shown} name="cur" />
      <line class="al-narrow" x1={line} x2={line} y1={top} y2={base} />
      <Words {...props} line={line} />
    </g>
  );
});

function Density({ counts, name, xEdges, yEdges, ...rest }: BubbleMapProps & { counts: Counts; name: "ref" | "cur" }) {
  const { x, y } = bubbleGrid({ xEdges, yEdges, ...rest });
  const field = fieldOf(counts.cell, counts.n, xEdges, yEdges);
  return (
    <g>
      {SHARES.map((share) => (
        <path
          key={share}
          class={`al-contour-${name}${share === 0.5 ? " al-half" : ""}`}
          d={contour(field, levelOf(field, share), x, y)}
        />
      ))}
    </g>
  );
}

/** Names of what is seen, each left out where there is no room. */
function Words(props: BubbleMapProps & { line: number }) {
  const { width, line } = props;
  const { left, right, top, base } = bubbleGrid(props);
  const above = "← narrower than 95\u202f% of loop-free";
  const corner = "a bubble shared";
  const fits = left + 8 + (corner.length + above.length) * LETTER + 20 < line;
  const room = line - left > (above.length + 1) * LETTER;
  return (
    <g>
      {(fits || !room) && (
        <text class="al-halo" x={left + 6} y={top + 13}>
          {corner}
        </text>
      )}
      {room && (
        <text class="al-halo" x={line - 6} y={top + 13} text-anchor="end">
          {above}
        </text>
      )}
      <text class="al-halo" x={left + 6} y={base - 7}>
        a bubble of one’s own
      </text>
      <Peak {...props} counts={props.null} word="loop-free" name="al-ink" apart={peakOf(props, props.shown)} />
      <Peak {...props} counts={props.shown} word="shown" name="al-cur" apart={null} />
      <text x={(left + right) / 2} y={base + 31} text-anchor="middle">
        {width < 420 ? "← few categories · many →" : "← few categories · entropy of the categories shown · many →"}
      </text>
    </g>
  );
}

type Place = readonly [number, number];

/** Pixel of the greatest density; null where nobody is. */
function peakOf({ xEdges, yEdges, ...rest }: BubbleMapProps, { cell, n }: Counts): Place | null {
  const { x, y } = bubbleGrid({ xEdges, yEdges, ...rest });
  const { xs, ys, z } = fieldOf(cell, n, xEdges, yEdges);
  const most = z.reduce((best, value, i) => (value > (z[best] as number) ? i : best), 0);
  if ((z[most] ?? 0) === 0) return null;
  return [x(xs[Math.floor(most / ys.length)] as number), y(ys[most % ys.length] as number)];
}

interface PeakProps extends BubbleMapProps {
  readonly counts: Counts;
  readonly word: string;
  readonly name: string;
  /** The other word's place, which comes first. */
  readonly apart: Place | null;
}

function Peak({ counts, word, name, apart, ...props }: PeakProps) {
  const at = peakOf({ ...props }, counts);
  if (at === null) return null;
  const collides = apart !== null && Math.abs(apart[0] - at[0]) < 60 && Math.abs(apart[1] - at[1]) < 13;
  return (
    <text class={`${name} al-bold al-halo`} x={at[0]} y={collides ? apart[1] + 18 : at[1] + 4} text-anchor="middle">
      {word}
    </text>
  );
}
