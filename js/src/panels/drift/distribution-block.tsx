import { useMemo, useState } from "preact/hooks";
import { Categories, categoriesHeight } from "../../charts/categories";
import { Density, valueScale } from "../../charts/density";
import { type Shape, shapeOf } from "../../charts/distribution";
import { number } from "../../charts/format";
import { margins } from "../../charts/frame";
import { Quantiles } from "../../charts/quantiles";
import { categoryRows } from "./category-rows";
import type { Model, Shown } from "./model";
import {
  categoryFinder,
  categoryUnits,
  type Finder,
  keyed,
  orderedUnits,
  pick,
  picked,
  reading,
  type Units,
  valueFinder,
} from "./picking";
import type { Range } from "./table";
import { changePrinter, valueMarks } from "./values";

export interface BlockProps {
  readonly model: Model;
  readonly shown: Shown;
  readonly width: number;
  readonly print: (value: number) => string;
}

const PLOT = 196;
const RULERS = 62;
const MORE_VALUES = 90; // room where no charts over time follow
const MORE_CATEGORIES = 250;

const categoriesOf = ({ model, shown, print }: BlockProps) =>
  shown.column.ordered ? [] : categoryRows(shown, print, model.axis.timeless ? 16 : 10);

/** Height that a few categories leave to the chart over time, so that the whole keeps its own. */
export function spareOf(props: BlockProps): number {
  const { model, shown } = props;
  if (shown.column.ordered || model.axis.timeless) return 0;
  return PLOT + RULERS - categoriesHeight(categoriesOf(props).length, PLOT + RULERS);
}

/** Both distributions; hovering reads a bin, clicking picks it. */
export function DistributionBlock(props: BlockProps) {
  const { model, shown, width } = props;
  const [pointed, point] = useState<Range | null>(null);
  const { edges, ordered } = shown.column;
  const { timeless } = model.axis;
  const shape = useMemo(() => (ordered ? shapeOf(edges, shown) : null), [shown.p, shown.q]);
  const rows = categoriesOf(props);
  const plot = PLOT + (timeless ? (ordered ? MORE_VALUES : MORE_CATEGORIES) : 0);
  const height = plot + RULERS - spareOf(props);
  const find = shape === null ? categoryFinder(rows, height) : valueFinder(edges, shape, width);
  const units = shape === null ? categoryUnits(rows) : orderedUnits(edges);
  const bins = picked(model, shown);
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">{title(model, shown, shape)}</p>
        <Key {...props} bins={bins} pointed={pointed} />
      </div>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: it is a slider, named by aria-label */}
      <svg
        width={width}
        height={height}
        {...pointing(props, find, point)}
        {...keys(props, pointed ?? bins, point, units)}
      >
        {shape === null ? (
          <Categories width={width} height={height} rows={rows} selected={bins} pointed={pointed?.[0] ?? null} />
        ) : (
          <ValuePlot {...props} shape={shape} plot={plot} bins={bins} pointed={pointed} />
        )}
      </svg>
    </div>
  );
}

function title({ payload }: Model, { column }: Shown, shape: Shape | null): string {
  if (shape === null || shape.unit === 0) return `Share of ${payload.noun}`;
  if (column.kind === "time") return `Share of ${payload.noun} over time`;
  return `Share of ${payload.noun} per ${shape.unit === 1 ? "unit" : `${number(shape.unit)} units`}`;
}

interface PlotProps extends BlockProps {
  readonly shape: Shape;
  readonly plot: number;
  readonly pointed: Range | null;
  readonly bins: Range | null;
}

function ValuePlot({ model, shown, width, print, plot, pointed, bins, shape }: PlotProps) {
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
        edges={column.edges}
        print={print}
        marks={marks}
        selected={bins}
        pointed={pointed}
      />
      <Quantiles
        width={width}
        y={plot + 12}
        x={x}
        edges={column.edges}
        pair={shown}
        change={changePrinter(column, print)}
      />
    </g>
  );
}

function pointing({ model, shown }: BlockProps, find: Finder, point: (range: Range | null) => void) {
  const read = (event: MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return find(event.clientX - box.left, event.clientY - box.top);
  };
  return {
    onPointerMove: (event: PointerEvent) => point(read(event)),
    onPointerLeave: () => point(null),
    onClick: (event: MouseEvent) => pick(model, shown, read(event), event.shiftKey),
  };
}

/** What makes the plot a slider over its bins: arrows read, Enter picks, Shift extends. */
function keys(
  { model, shown, print }: BlockProps,
  at: Range | null,
  point: (range: Range | null) => void,
  units: Units,
) {
  return {
    role: "slider" as const,
    tabindex: 0,
    "data-part": "bins",
    "aria-label": `Bins of ${shown.column.name}`,
    "aria-valuemin": 0,
    "aria-valuemax": Math.max(0, units.length - 1),
    "aria-valuenow": Math.max(0, at === null ? 0 : units.findIndex(([bin]) => bin === at[0])),
    "aria-valuetext": at === null ? "no bin picked" : reading(shown, at, print),
    onBlur: () => point(null),
    onKeyDown: (event: KeyboardEvent) => {
      const next = keyed(event.key, units, at);
      const picks = event.key === "Enter" || event.key === " ";
      if ((next === null && !picks) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (next !== null) point(next);
      if (picks || event.shiftKey) pick(model, shown, next ?? at, event.shiftKey);
    },
  };
}

/** The legend, or what the pointer reads, or what is picked. */
function Key({ model, shown, print, bins, pointed }: BlockProps & { bins: Range | null; pointed: Range | null }) {
  const range = pointed ?? bins;
  if (range === null) {
    return (
      <p class="al-key">
        <span class="al-swatch-ref">reference</span>
        <span class="al-swatch-cur">current</span>
      </p>
    );
  }
  return (
    <p class="al-key">
      <span class="al-ink">{reading(shown, range, print)}</span>
      {pointed === null && <Picked model={model} />}
    </p>
  );
}

/** Whose rows are picked, and how to let go. */
function Picked({ model }: { model: Model }) {
  const { selection } = model;
  if (selection === null) return null;
  const other = selection.window === "current" ? "reference" : "current";
  return (
    <span>
      <button
        type="button"
        class="al-small"
        title={`Pick the rows of the ${other} window instead`}
        onClick={() => model.select({ ...selection, window: other })}
      >
        in {selection.window}
      </button>{" "}
      <button type="button" class="al-small" aria-label="Clear the selection" onClick={() => model.clear()}>
        ×
      </button>
    </span>
  );
}
