import { points, roundShare } from "./format";
import { margins } from "./frame";
import { linear, ticks } from "./scale";

export interface Category {
  readonly bin: number;
  readonly name: string;
  readonly p: number;
  readonly q: number;
}

export interface CategoriesProps {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Category[];
  readonly selected: readonly [number, number] | null;
  readonly pointed: number | null;
}

const TOP = 18;
const BOTTOM = 18;
const LETTER = 6.1;
const ROOMY = 30;

/** Height of one row, so that a pointer can be read back. */
export const rowHeight = (height: number, rows: number) => Math.min(ROOMY, (height - TOP - BOTTOM) / Math.max(1, rows));

/** Height of a chart of that many rows, where there is no more than `most`: a few rows leave the rest to others. */
export const categoriesHeight = (rows: number, most: number) => Math.min(most, TOP + BOTTOM + rows * ROOMY);

/** Returns the index of the row at a height in the chart; it may lie outside. */
export const rowAt = (y: number, height: number, rows: number) => Math.floor((y - TOP) / rowHeight(height, rows));

/** Returns shares by category: the reference a bar, the current window a mark, the change in percentage points. */
export function Categories(props: CategoriesProps) {
  const { width, height, rows } = props;
  const longest = rows.reduce((most, row) => Math.max(most, row.name.length), 0);
  const left = Math.min(width * 0.3, Math.max(48, longest * LETTER + 14));
  const right = width - Math.min(80, margins(width).right);
  const most = Math.max(1e-6, ...rows.flatMap((row) => [row.p, row.q]));
  const x = linear([0, most], [left, right]);
  const step = rowHeight(height, rows.length);
  const bottom = TOP + step * rows.length;
  return (
    <g>
      <text x={width - 2} y={10} text-anchor="end">
        change
      </text>
      {ticks(0, most, width < 420 ? 3 : 4).map((value) => (
        <g key={value}>
          <line class="al-grid" x1={x(value)} x2={x(value)} y1={TOP} y2={bottom} />
          <text x={x(value)} y={bottom + 14} text-anchor="middle">
            {roundShare(value)}
          </text>
        </g>
      ))}
      {rows.map((row, i) => (
        <Row key={row.bin} {...props} row={row} y={TOP + i * step} step={step} x={x} left={left} />
      ))}
    </g>
  );
}

interface RowProps extends CategoriesProps {
  readonly row: Category;
  readonly y: number;
  readonly step: number;
  readonly left: number;
  readonly x: (share: number) => number;
}

function Row({ row, y, step, left, x, width, selected, pointed }: RowProps) {
  const picked = selected !== null && row.bin >= selected[0] && row.bin < selected[1];
  const letters = Math.max(4, Math.floor((left - 10) / LETTER));
  return (
    <g>
      {(picked || pointed === row.bin) && (
        <rect class={picked ? "al-picked" : "al-pointed"} y={y} width={width} height={step} rx={3} />
      )}
      <text class="al-ink" x={left - 8} y={y + step / 2 + 4} text-anchor="end">
        {cutInTheMiddle(row.name, letters)}
        <title>{row.name}</title>
      </text>
      <rect
        class="al-fill-ref"
        x={left}
        y={y + 3}
        width={Math.max(0, x(row.p) - left)}
        height={Math.max(1, step - 6)}
      />
      <line class="al-line-cur" x1={x(row.p)} x2={x(row.q)} y1={y + step / 2} y2={y + step / 2} />
      <line class="al-line-cur al-mark" x1={x(row.q)} x2={x(row.q)} y1={y + 1} y2={y + step - 1} />
      <text
        class={Math.abs(row.q - row.p) >= 0.01 ? "al-ink" : ""}
        x={width - 2}
        y={y + step / 2 + 4}
        text-anchor="end"
      >
        {points(row.q - row.p)}
      </text>
    </g>
  );
}

/** Returns a name of at most `most` letters, its beginning and end kept. */
export function cutInTheMiddle(name: string, most: number): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  const end = Math.floor((most - 1) / 2);
  return `${letters.slice(0, most - 1 - end).join("")}…${end > 0 ? letters.slice(-end).join("") : ""}`;
}
