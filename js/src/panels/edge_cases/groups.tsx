import { useState } from "preact/hooks";
import { type CellsProps, DensityCells, gridOf } from "../../charts/cells";
import { CutLine } from "../../charts/cut-line";
import { count, number, share } from "../../charts/format";
import { pixelOf } from "../../charts/pixel";
import type { Density, GroupName } from "../../contract/edges";
import { useWidth } from "../shared/width";
import { Corner } from "./corner";
import type { Model } from "./model";
import { groupAt } from "./tally";
import { groupsSaid, lossSaid, oddSaid, oddShare, sliceSaid } from "./words";

const HEIGHT = 450;
const REST = 120; // milliseconds without a key before the host hears of it
const ROWS = "Open in a notebook with a running kernel to read rows; rows=True puts examples into what is shared";

/** Odd data against bad performance: the cells, both thresholds, and the four groups at the corners. */
export function Groups({ model, inspect }: { model: Model; inspect: () => void }) {
  const [ref, width] = useWidth(560);
  const { shown } = model;
  const can = model.canInspect;
  return (
    <div class="al-detail" ref={ref}>
      <div class="al-heading">
        <p class="al-column">Odd data or bad performance?</p>
        <button
          type="button"
          class="al-inspect"
          aria-disabled={!can}
          title={can ? "The worst rows of the selection: why odd, why wrong" : ROWS}
          onClick={() => can && inspect()}
        >
          Show rows
        </button>
      </div>
      <div class="al-words al-groupwords">
        <p>{groupsSaid(model)}</p>
        <p class="al-slicewords" title={shown === null ? undefined : sliceSaid(shown, model)}>
          {model.groupsStay ? (
            `Groups are those of ${model.measured}: there is no room here for the counts of other windows.`
          ) : shown === null ? (
            "Drag a line, or use the arrow keys; pick a corner to see it alone."
          ) : (
            <>
              Only <b>{shown.words}</b>: {sliceSaid(shown, model)}
            </>
          )}
        </p>
      </div>
      <div class="al-corners">
        <Corner model={model} name="edge_case" />
        <Corner model={model} name="both" />
      </div>
      <Field model={model} width={width} />
      <div class="al-corners">
        <Corner model={model} name="routine" />
        <Corner model={model} name="outlier" />
      </div>
    </div>
  );
}

/** Cells that have to be in sight: all that hold rows, and room above the threshold. */
function topOf({ payload, cut }: Model): number {
  const { density } = payload;
  const rows = density.loss_edges.length;
  const highest = (cells: Density["current"] | null) =>
    (cells?.cell ?? []).reduce((most, cell) => Math.max(most, cell % rows), 0);
  return Math.min(rows, Math.max(highest(density.current) + 1, cut.bad + 2, 8));
}

const PICKED: Record<GroupName, readonly [boolean, boolean]> = {
  routine: [false, false],
  outlier: [true, false],
  edge_case: [false, true],
  both: [true, true],
};

function Field({ model, width }: { model: Model; width: number }) {
  const [read, setRead] = useState<string | null>(null);
  const { payload, cells, cut, group } = model;
  const { density } = payload;
  const top = topOf(model);
  const sizes = { width, height: HEIGHT, oddEdges: density.odd_edges, badEdges: density.loss_edges, top };
  const grid = gridOf(sizes);
  const smoothed = `mean of the ${density.n_similar} most similar ${payload.noun}`;
  const props: CellsProps = {
    ...sizes,
    cell: cells.cell,
    n: cells.n,
    most: Math.max(1, ...cells.n),
    odd: cut.odd,
    bad: cut.bad,
    picked: group && PICKED[group],
    xTitle:
      "outlier score: odder than this share of the reference →|odder than this share of the reference →|outlier score →",
    yTitle: `${payload.loss_words}, ${smoothed} →|${payload.loss_words}, smoothed →`,
    print: number,
  };
  const find = (event: MouseEvent) => placeIn(grid, ...pixelOf(event));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons at the corners do the same
    <svg
      width={width}
      height={HEIGHT}
      role="group"
      class="al-field"
      aria-label="Rows by outlier score and smoothed loss, with both thresholds"
      onPointerMove={(event) => setRead(cellSaid(model, find(event)))}
      onPointerLeave={() => setRead(null)}
      onClick={(event) => {
        const place = find(event);
        if (place !== null && event.target instanceof Element && event.target.closest("[role=slider]") === null)
          model.pickGroup(groupAt(place.odd >= cut.odd, place.bad >= cut.bad));
      }}
    >
      <DensityCells {...props} />
      <CutLine
        name="bad"
        place={cut.bad}
        latest={() => model.cut.bad}
        last={top - 1}
        at={(place) => grid.ys[place] ?? grid.top}
        nearest={(pixel) => nearest(grid.ys, pixel)}
        from={grid.left}
        to={grid.right}
        knob={grid.right - 44}
        label={`bad: loss ${lossSaid(model.bad, payload)}`}
        room={[grid.top, grid.base]}
        spoken="Badly served from a smoothed loss of"
        value={number(model.bad)}
        change={(place) => model.move("bad", Math.min(place, top - 1))}
        done={(keyed) => model.settle(keyed ? REST : 0)}
        reset={() => model.reset()}
      />
      <CutLine
        name="odd"
        place={cut.odd}
        latest={() => model.cut.odd}
        last={density.odd_edges.length - 1}
        at={(place) => grid.xs[place] ?? grid.right}
        nearest={(pixel) => nearest(grid.xs, pixel)}
        from={grid.top}
        to={grid.base}
        knob={grid.base - 32}
        label={`odd: ${oddShare(model.odd)}`}
        room={[grid.left, grid.right]}
        spoken="Odd from an outlier score of"
        value={oddSaid(model.odd)}
        change={(place) => model.move("odd", place)}
        done={(keyed) => model.settle(keyed ? REST : 0)}
        reset={() => model.reset()}
      />
      {read !== null && (
        <text class="al-ink al-halo" x={grid.right - 6} y={grid.top + 14} text-anchor="end">
          {read}
        </text>
      )}
    </svg>
  );
}

interface Place {
  readonly odd: number;
  readonly bad: number;
}

function placeIn({ xs, ys, left, right, top, base }: ReturnType<typeof gridOf>, x: number, y: number): Place | null {
  if (x < left || x >= right || y < top || y >= base) return null;
  const odd = xs.findLastIndex((edge) => edge <= x);
  const bad = ys.findLastIndex((edge) => edge >= y);
  return odd < 0 || bad < 0 ? null : { odd, bad };
}

const nearest = (edges: readonly number[], pixel: number) =>
  edges.reduce((best, edge, i) => (Math.abs(edge - pixel) < Math.abs((edges[best] as number) - pixel) ? i : best), 0);

/** "412 flights, odder than 90–92 %, loss 0.5–0.55". */
function cellSaid({ payload, cells, tally }: Model, place: Place | null): string | null {
  if (place === null) return null;
  const { odd_edges: odd, loss_edges: loss } = payload.density;
  const found = cells.cell.indexOf(place.odd * loss.length + place.bad);
  const n = found < 0 ? 0 : (cells.n[found] as number);
  const to = (edges: readonly number[], i: number, print: (value: number) => string) =>
    edges[i + 1] === undefined
      ? `≥ ${print(edges[i] as number)}`
      : `${print(edges[i] as number)}–${print(edges[i + 1] as number)}`;
  const part = tally.n === 0 ? "" : ` (${share(n / tally.n)})`;
  return `${count(n)} ${payload.noun}${part}, score ${to(odd, place.odd, oddShare)}, loss ${to(loss, place.bad, number)}`;
}
