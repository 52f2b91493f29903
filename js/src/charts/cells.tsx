import { pure } from "./pure";
import { linear, type Scale, ticks } from "./scale";

export interface CellsProps {
  readonly width: number;
  readonly height: number;
  readonly oddEdges: readonly number[];
  readonly badEdges: readonly number[];
  /** Cell = odd cell * number of bad edges + bad cell; rows of each. */
  readonly cell: readonly number[];
  readonly n: readonly number[];
  /** Rows of the fullest cell there is: what full colour means. */
  readonly most: number;
  readonly top: number; // bad cells that are drawn
  readonly odd: number; // places of the thresholds
  readonly bad: number;
  /** The corner that is picked: whether it is odd, and whether it is bad; null for none. */
  readonly picked: readonly [boolean, boolean] | null;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly print: (value: number) => string;
}

const LEFT = 48;
const RIGHT = 10;
const TOP = 6;
const BOTTOM = 34;
const LEVELS = 7;
const SHARES = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999];
const LETTER = 6; // pixels

export interface Grid {
  readonly x: Scale;
  readonly y: Scale;
  /** Pixel of the edges of odd cells and of bad cells, the outer end of the last one included. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly base: number;
}

/** A share of rows that are less odd, stretched where it nears 1. */
const stretch = (share: number) => -Math.log10(Math.max(1e-12, 1 - share));

type Sizes = Pick<CellsProps, "width" | "height" | "oddEdges" | "badEdges" | "top">;

/** Returns where cells stand: the thresholds share it. */
export function gridOf({ width, height, oddEdges, badEdges, top }: Sizes): Grid {
  const across = closed(oddEdges.map(stretch));
  const up = closed(badEdges).slice(0, top + 1);
  const [left, right, base] = [LEFT, width - RIGHT, height - BOTTOM];
  const x = linear([across[0] ?? 0, across.at(-1) ?? 1], [left, right]);
  const y = linear([up[0] ?? 0, up.at(-1) ?? 1], [base, TOP]);
  return { x, y, xs: across.map(x), ys: up.map(y), left, right, top: TOP, base };
}

/** The edges with an outer end for the last cell, which is open: as wide as the one before it. */
function closed(edges: readonly number[]): number[] {
  const last = edges.at(-1) ?? 1;
  return [...edges, last + (last - (edges.at(-2) ?? last - 1))];
}

/** Returns the cells as squares, darker where there are more rows, those above the bad threshold in the alarm's colour. */
export const DensityCells = pure((props: CellsProps) => {
  const { picked, odd, bad } = props;
  const grid = gridOf(props);
  const { left, right, top, base, xs, ys } = grid;
  const [cutX, cutY] = [xs[odd] ?? right, ys[bad] ?? top];
  const corner = (isOdd: boolean, isBad: boolean) => ({
    x: isOdd ? cutX : left,
    y: isBad ? top : cutY,
    width: Math.max(0, isOdd ? right - cutX : cutX - left),
    height: Math.max(0, isBad ? cutY - top : base - cutY),
  });
  return (
    <g>
      <rect class="al-corner" {...corner(false, true)} />
      <rect class="al-corner al-corner-odd" {...corner(true, true)} />
      <Axes {...props} grid={grid} />
      <Levels {...props} grid={grid} />
      {picked !== null && <rect class="al-corner-picked" {...corner(...picked)} />}
      <rect class="al-axis al-frame" x={left + 0.5} y={top + 0.5} width={right - left - 1} height={base - top - 1} />
    </g>
  );
});

interface Gridded extends CellsProps {
  readonly grid: Grid;
}

/** One path a shade and colour, fainter outside of the corner that is picked. */
function Levels({ cell, n, most, badEdges, bad, odd, top, picked, grid }: Gridded) {
  const rows = badEdges.length;
  const paths = new Map<string, string>();
  for (const [i, place] of cell.entries()) {
    const [column, row] = [Math.floor(place / rows), Math.min(place % rows, top - 1)];
    const isBad = row >= bad;
    const out = picked !== null && (picked[0] !== column >= odd || picked[1] !== isBad);
    const key = `${isBad ? "al-cells-bad" : "al-cells"}${out ? " al-out" : ""} al-level-${level(n[i] as number, most)}`;
    paths.set(key, (paths.get(key) ?? "") + square(grid, column, row));
  }
  return (
    <g>
      {[...paths.entries()].sort().map(([key, d]) => (
        <path key={key} class={key} d={d} />
      ))}
    </g>
  );
}

/** 1 to `LEVELS`, by the logarithm: one row is seen beside a thousand. */
const level = (n: number, most: number) =>
  Math.max(1, Math.ceil((LEVELS * Math.log1p(n)) / Math.max(1e-9, Math.log1p(most)) - 1e-9));

function square({ xs, ys }: Grid, column: number, row: number): string {
  const [x0, x1, y0, y1] = [xs[column], xs[column + 1], ys[row + 1], ys[row]] as [number, number, number, number];
  return `M${(x0 + 0.5).toFixed(1)},${(y0 + 0.5).toFixed(1)}H${(x1 - 0.5).toFixed(1)}V${(y1 - 0.5).toFixed(1)}H${(x0 + 0.5).toFixed(1)}Z`;
}

function Axes({ grid, oddEdges, badEdges, top, xTitle, yTitle, print }: Gridded) {
  const { x, y, left, right, base } = grid;
  const end = closed(badEdges)[top] ?? 1;
  const middle = (grid.top + base) / 2;
  const shares = SHARES.filter((share) => share <= (oddEdges.at(-1) ?? 0));
  return (
    <g>
      {shares.map((share) => (
        <g key={share} transform={`translate(${x(stretch(share)).toFixed(1)},${base})`}>
          <line class="al-axis" y2={4} />
          <text y={15} text-anchor={share === 0 ? "start" : "middle"}>
            {share === 0 ? "0" : `${Number((100 * share).toPrecision(6))}\u202f%`}
          </text>
        </g>
      ))}
      {ticks(0, end, 5).map((value) => (
        <g key={value} transform={`translate(${left},${y(value).toFixed(1)})`}>
          <line class="al-axis" x2={-4} />
          <text x={-7} y={4} text-anchor="end">
            {print(value)}
          </text>
        </g>
      ))}
      <text x={right} y={base + 30} text-anchor="end">
        {fitted(xTitle, right - left)}
      </text>
      <text transform={`translate(11,${middle.toFixed(1)}) rotate(-90)`} text-anchor="middle">
        {fitted(yTitle, base - grid.top)}
      </text>
    </g>
  );
}

/** The longest of the wordings, set apart by "|", that fits. */
function fitted(wordings: string, room: number): string {
  const each = wordings.split("|");
  return each.find((one) => one.length * LETTER <= room) ?? each.at(-1) ?? "";
}
