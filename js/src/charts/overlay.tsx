import { type Pair, sumOf } from "./bins";
import { type Bar, type Shape, shapeOf } from "./distribution";
import { closed, smooth, stairs } from "./path";
import { linear } from "./scale";

export interface OverlayProps {
  readonly width: number;
  readonly height: number;
  readonly edges: readonly number[]; // none: categories
  readonly pair: Pair;
  readonly bins: number;
}

const MOST_CATEGORIES = 12;

/** Returns both distributions in miniature: the reference filled, the current one a line over it. */
export function Overlay(props: OverlayProps) {
  const { width, height } = props;
  const { filled, over } = props.edges.length > 0 ? ordered(props) : categories(props);
  return (
    <svg class="al-overlay" width={width} height={height} aria-hidden="true">
      <path class="al-fill-ref" d={filled} />
      <path class="al-line-cur" d={over} />
    </svg>
  );
}

interface Drawn {
  readonly filled: string;
  readonly over: string;
}

function categories({ width, height, pair, bins }: OverlayProps): Drawn {
  const n = Math.min(bins, MOST_CATEGORIES);
  const xs = Array.from({ length: n + 1 }, (_, i) => (i * width) / Math.max(1, n));
  const first = (shares: ArrayLike<number>) => Array.from({ length: n }, (_, i) => shares[i] as number);
  return drawStairs(xs, first(pair.p), first(pair.q), width, height);
}

function drawStairs(xs: number[], p: number[], q: number[], right: number, height: number): Drawn {
  const y = linear([0, Math.max(1e-9, ...p, ...q)], [height - 1, 2]);
  return { filled: closed(stairs(xs, p.map(y)), xs[0] ?? 0, right, height - 1), over: stairs(xs, q.map(y)) };
}

function ordered({ width, height, edges, pair }: OverlayProps): Drawn {
  const shape = shapeOf(edges, pair, POINTS);
  return shape.unit === 0 ? barsDrawn(shape, pair, width, height) : curveDrawn(shape, pair, width, height);
}

function barsDrawn({ bars, low, high }: Shape, { p, q }: Pair, width: number, height: number): Drawn {
  const x = linear([low, high], [0, width]);
  const xs = [...bars.map((bar) => x(bar.left)), width];
  const of = (shares: ArrayLike<number>) => bars.map(({ bin, to }) => sumOf(shares, bin, to));
  return drawStairs(xs, of(p), of(q), width, height);
}

const POINTS = 24;
const TAIL = 5; // pixels for an open tail

function curveDrawn(shape: Shape, pair: Pair, width: number, height: number): Drawn {
  const left = shape.below === null ? 0 : TAIL;
  const right = shape.above === null ? width : width - TAIL;
  const x = linear([shape.low, shape.high], [left, right]);
  const held = (shares: ArrayLike<number>, { bin, to }: Bar) => sumOf(shares, bin, to);
  const share = (shares: ArrayLike<number>, bin: number | null) => (bin === null ? 0 : (shares[bin] as number));
  const peak = Math.max(
    1e-9,
    ...shape.p,
    ...shape.q,
    ...shape.bars.flatMap((bar) => [held(pair.p, bar), held(pair.q, bar)]),
  );
  const tails = [
    share(pair.p, shape.below),
    share(pair.q, shape.below),
    share(pair.p, shape.above),
    share(pair.q, shape.above),
  ];
  const most = Math.max(peak, ...tails.map((tail) => Math.min(tail, 2 * peak)));
  const y = linear([0, most], [height - 1, 2]);
  const top = (value: number) => y(Math.min(value, most));
  const xs = shape.xs.map((value) => x(value));
  const draw = (curve: Float64Array, shares: ArrayLike<number>) => {
    const spikes = shape.bars.map((bar) => spike(x(bar.left), top(held(shares, bar)), height - 1));
    const below = shape.below === null ? "" : stairs([0, TAIL], [top(share(shares, shape.below))]);
    const above = shape.above === null ? "" : stairs([right, width], [top(share(shares, shape.above))]);
    return { curve: smooth(xs, curve.map(top)), below, above, spikes: spikes.join("") };
  };
  const ref = draw(shape.p, pair.p);
  const cur = draw(shape.q, pair.q);
  const base = height - 1;
  const filled =
    closed(ref.curve, left, right, base) + closed(ref.below, 0, TAIL, base) + closed(ref.above, right, width, base);
  return { filled: filled + ref.spikes, over: cur.curve + cur.below + cur.above + cur.spikes };
}

const spike = (x: number, top: number, base: number) => `M${(x - 0.5).toFixed(1)},${base}V${top.toFixed(1)}h1V${base}`;
