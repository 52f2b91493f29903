import { useMemo, useState } from "preact/hooks";
import { Categories, type Category, rowAt } from "../../charts/categories";
import { Density, TAIL, valueScale } from "../../charts/density";
import { type Shape, shapeOf } from "../../charts/distribution";
import { number } from "../../charts/format";
import { margins } from "../../charts/frame";
import { Quantiles } from "../../charts/quantiles";
import type { Model, Shown } from "./model";
import type { Range } from "./table";
import { binName, binsName, changePrinter, valueMarks } from "./values";
import { share } from "./words";

export interface BlockProps {
  readonly model: Model;
  readonly shown: Shown;
  readonly width: number;
  readonly print: (value: number) => string;
}

const PLOT = 196;
const RULERS = 62;
const TIMELESS = 90; // more room where no charts over time follow

/** Both distributions; hovering reads a bin, clicking picks it. */
export function DistributionBlock(props: BlockProps) {
  const { model, shown, print } = props;
  const [pointed, point] = useState<number | null>(null);
  const { column } = shown;
  const bins = model.selection?.column === column.name ? model.selection.bins : null;
  const plot = PLOT + (model.axis.timeless ? (column.ordered ? TIMELESS : TIMELESS + 160) : 0);
  const shape = useMemo(() => (column.ordered ? shapeOf(column.edges, shown) : null), [shown.p, shown.q]);
  const categories = column.ordered ? [] : categoriesOf(shown, print, model.axis.timeless ? 16 : 10);
  const find = shape === null ? categoryFinder(categories, plot + RULERS) : binFinder(shown, shape, props.width);
  const order = shape === null ? categories.map(({ bin }) => bin).filter((bin) => bin >= 0) : null;
  const body = { ...props, plot, pointed, bins };
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">{title(model, shown, shape, print)}</p>
        <Key {...props} bins={bins} pointed={pointed} />
      </div>
      <svg width={props.width} height={plot + RULERS} {...pointing(props, find, point)} {...keys(props, pointed, point, order)}>
        {shape === null ? <CategoryPlot {...body} rows={categories} /> : <ValuePlot {...body} shape={shape} />}
      </svg>
    </div>
  );
}

function title({ payload }: Model, { column }: Shown, shape: Shape | null, print: (value: number) => string): string {
  if (shape === null || shape.unit === 0) return `Share of ${payload.noun}`;
  if (column.kind === "time") return `Share of ${payload.noun} over time`;
  return `Share of ${payload.noun} per ${number(shape.unit)}`;
}

interface PlotProps extends BlockProps {
  readonly plot: number;
  readonly pointed: number | null;
  readonly bins: Range | null;
}

function ValuePlot({ model, shown, width, print, plot, pointed, bins, shape }: PlotProps & { shape: Shape }) {
  const { column } = shown;
  const { left, right } = margins(width);
  const x = valueScale(shape, width);
  const marks = valueMarks(column, shape.low, shape.high, model.axis.buckets.zone, width - left - right);
  return (
    <g>
      <Density
        width={width}
        height={plot}
        shape={shape}
        pair={shown}
        marks={marks}
        selected={bins}
        pointed={pointed}
        extent={(bin) => extent(column.edges, shape, bin)}
      />
      <Quantiles width={width} y={plot + 12} x={x} edges={column.edges} pair={shown} change={changePrinter(column, print)} />
    </g>
  );
}

/** The values that a bin covers on the plot; an open tail stands beside it. */
function extent(edges: readonly number[], shape: Shape, bin: number): readonly [number, number] {
  const bar = shape.unit === 0 ? shape.bars.find((candidate) => candidate.bin === bin) : undefined;
  if (bar !== undefined) return [bar.left, bar.right];
  const tail = ((shape.high - shape.low) / 460) * TAIL;
  if (bin === shape.below) return [shape.low - tail, shape.low];
  if (bin === shape.above) return [shape.high, shape.high + tail];
  const clamp = (value: number) => Math.min(shape.high, Math.max(shape.low, value));
  return [clamp(edges[bin] as number), clamp(edges[bin + 1] as number)];
}

function CategoryPlot({ width, plot, pointed, bins, rows }: PlotProps & { rows: readonly Category[] }) {
  return <Categories width={width} height={plot + RULERS} rows={rows} selected={bins} pointed={pointed} />;
}

/** The largest categories, at most `most`, the rest summed up; new ones are called unseen. */
export function categoriesOf({ column, p, q }: Shown, print: (value: number) => string, most: number): Category[] {
  const all = Array.from(p, (share, bin) => ({ bin, name: binName(column, bin, print), p: share, q: q[bin] as number }));
  const held = all.filter((row) => row.p + row.q > 0 || row.bin < column.labels.length);
  const size = (row: Category) => Math.max(row.p, row.q) + 3 * Math.abs(row.q - row.p);
  const largestFirst = [...held].sort((a, b) => size(b) - size(a) || a.bin - b.bin);
  if (held.length <= most) return byShare(largestFirst);
  const rest = largestFirst.slice(most - 1);
  const sum = (key: "p" | "q") => rest.reduce((total, row) => total + row[key], 0);
  const kept = byShare(largestFirst.slice(0, most - 1));
  return [...kept, { bin: -1, name: `${rest.length} more`, p: sum("p"), q: sum("q") }];
}

const byShare = (rows: Category[]) => rows.sort((a, b) => Math.max(b.p, b.q) - Math.max(a.p, a.q) || a.bin - b.bin);

const categoryFinder = (rows: readonly Category[], height: number) => (_x: number, y: number) => {
  const bin = rows[rowAt(y, height, rows.length)]?.bin ?? -1;
  return bin < 0 ? null : bin;
};

/** Returns a function from a pixel to the bin there; a single value wins within a few pixels. */
function binFinder({ column }: Shown, shape: Shape, width: number) {
  const x = valueScale(shape, width);
  return (px: number) => {
    if (shape.unit === 0) return nearestBar(shape, x.invert(px));
    const single = shape.bars.find(({ left }) => Math.abs(x(left) - px) < 5);
    if (single !== undefined) return single.bin;
    if (shape.below !== null && px < x(shape.low)) return shape.below;
    if (shape.above !== null && px > x(shape.high)) return shape.above;
    return binOf(column.edges, x.invert(px));
  };
}

function nearestBar({ bars }: Shape, value: number): number | null {
  const away = (bar: { left: number; right: number }) => Math.max(bar.left - value, value - bar.right, 0);
  const [nearest] = [...bars].sort((a, b) => away(a) - away(b));
  return nearest?.bin ?? null;
}

function binOf(edges: readonly number[], value: number): number | null {
  const bins = edges.length - 1;
  for (let bin = 0; bin < bins; bin++) if (value < (edges[bin + 1] as number)) return bin;
  return bins > 0 ? bins - 1 : null;
}

type Finder = (x: number, y: number) => number | null;

function pointing(props: BlockProps, find: Finder, point: (bin: number | null) => void) {
  const read = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return find(event.clientX - box.left, event.clientY - box.top);
  };
  return {
    onPointerMove: (event: PointerEvent) => point(read(event)),
    onPointerLeave: () => point(null),
    onClick: (event: MouseEvent) => pin(props, read(event), event.shiftKey),
  };
}

/** Pick a bin, or with Shift everything up to it; a second click on a single bin clears it. */
function pin({ model, shown }: BlockProps, bin: number | null, extend: boolean): void {
  if (bin === null) return;
  const { name } = shown.column;
  const old = model.selection?.column === name ? model.selection.bins : null;
  const window = model.selection?.window ?? "current";
  const same = old !== null && old[0] === bin && old[1] === bin + 1;
  const range = extend && old !== null ? ([Math.min(old[0], bin), Math.max(old[1], bin + 1)] as const) : ([bin, bin + 1] as const);
  model.select({ column: name, bins: same ? null : range, window });
}

/** What makes the plot a slider over its bins: arrows read, Enter picks, Shift extends. */
function keys(props: BlockProps, pointed: number | null, point: (bin: number | null) => void, order: readonly number[] | null) {
  const { model, shown, print } = props;
  const count = order?.length ?? shown.series.bins;
  const bins = model.selection?.column === shown.column.name ? model.selection.bins : null;
  const at = pointed ?? bins?.[0] ?? null;
  const place = at === null ? -1 : (order?.indexOf(at) ?? at);
  const go = (to: number) => Math.max(0, Math.min(count - 1, to));
  const binAt = (to: number) => order?.[go(to)] ?? go(to);
  return {
    role: "slider" as const,
    tabIndex: 0,
    "data-part": "bins",
    "aria-label": `Bins of ${shown.column.name}`,
    "aria-valuemin": 0,
    "aria-valuemax": Math.max(0, count - 1),
    "aria-valuenow": Math.max(0, place),
    "aria-valuetext": at === null ? "no bin picked" : reading(shown, [at, at + 1], print),
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -count, End: count }[event.key];
      const picks = event.key === "Enter" || event.key === " ";
      if ((by === undefined && !picks) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (picks) return pin(props, at, event.shiftKey);
      const next = binAt(place < 0 ? (by as number) < 0 ? count - 1 : 0 : place + (by as number));
      point(next);
      if (event.shiftKey) pin(props, next, true);
    },
    onBlur: () => point(null),
  };
}

function reading({ column, p, q }: Shown, [from, to]: Range, print: (value: number) => string): string {
  const sum = (shares: Float64Array) => shares.subarray(from, to).reduce((a, b) => a + b, 0);
  return `${binsName(column, [from, to], print)}: ${share(sum(p))} → ${share(sum(q))}`;
}

/** The legend, or what the pointer reads, or what is picked. */
function Key({ model, shown, print, bins, pointed }: BlockProps & { bins: Range | null; pointed: number | null }) {
  const range: Range | null = pointed !== null ? [pointed, pointed + 1] : bins;
  if (range === null) {
    return (
      <p class="al-key">
        <span class="al-swatch-ref">reference</span>
        <span class="al-swatch-cur">current</span>
      </p>
    );
  }
  const picked = pointed === null;
  return (
    <p class="al-key">
      <span class="al-ink">{reading(shown, range, print)}</span>
      {picked && (
        <button type="button" class="al-small" aria-label="Clear the selection" onClick={() => model.clear()}>
          ×
        </button>
      )}
    </p>
  );
}
