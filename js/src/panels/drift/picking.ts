// Reading and picking bins of a column, by pointer and by keys.

import { singles, sumOf } from "../../charts/bins";
import { type Category, rowAt } from "../../charts/categories";
import { valueScale } from "../../charts/density";
import type { Shape } from "../../charts/distribution";
import { selectionOf } from "../shared/selection";
import type { Model, Shown } from "./model";
import { share } from "./phrases";
import type { Range } from "./table";
import { binsName } from "./values";

/** What can be pointed at, in the order of the keys. */
export type Units = readonly Range[];

/** Every bin of an ordered column; bins that are drawn at one value go together. */
export function orderedUnits(edges: readonly number[]): Units {
  const found = singles(edges);
  const units: Range[] = [];
  for (let bin = 0; bin < edges.length - 1; ) {
    const to = found.find((one) => one.bin === bin)?.to ?? bin + 1;
    units.push([bin, to]);
    bin = to;
  }
  return units;
}

export const categoryUnits = (rows: readonly Category[]): Units =>
  rows.filter(({ bin }) => bin >= 0).map(({ bin }): Range => [bin, bin + 1]);

export type Finder = (x: number, y: number) => Range | null;

/** Returns the category at a pixel. */
export const categoryFinder =
  (rows: readonly Category[], height: number): Finder =>
  (_, y) => {
    const bin = rows[rowAt(y, height, rows.length)]?.bin ?? -1;
    return bin < 0 ? null : [bin, bin + 1];
  };

const NEAR = 5; // pixels within which a single value wins

/** Returns the bins at a pixel of the value plot. */
export function valueFinder(edges: readonly number[], shape: Shape, width: number): Finder {
  const x = valueScale(shape, width);
  const units = orderedUnits(edges);
  return (px) => {
    if (shape.below !== null && px < x(shape.low)) return [shape.below, shape.below + 1];
    if (shape.above !== null && px > x(shape.high)) return [shape.above, shape.above + 1];
    const value = x.invert(px);
    const away = ({ left, right }: { left: number; right: number }) => Math.max(left - value, value - right, 0);
    const [bar] = [...shape.bars].sort((a, b) => away(a) - away(b));
    const wins = bar !== undefined && (shape.unit === 0 || Math.abs(x(bar.left) - px) < NEAR);
    if (wins) return [bar.bin, bar.to];
    return units.find(([, to]) => value < (edges[to] as number)) ?? units.at(-1) ?? null;
  };
}

/** Pick bins, or with `extend` everything up to them; picking the same again clears them. */
export function pick(model: Model, shown: Shown, range: Range | null, extend: boolean): void {
  if (range === null) return;
  const { name } = shown.column;
  const old = picked(model, shown);
  const window = model.selection?.window ?? "current";
  const same = old !== null && old[0] === range[0] && old[1] === range[1];
  const wider: Range = extend && old !== null ? [Math.min(old[0], range[0]), Math.max(old[1], range[1])] : range;
  model.select(selectionOf({ column: name, bins: same ? null : wider, window }));
}

/** The bins of the column that are picked. */
export const picked = ({ selection }: Model, { column }: Shown): Range | null =>
  selection?.column === column.name ? selection.bins : null;

/** Bins in words, with their share before and now. */
export function reading({ column, p, q }: Shown, range: Range, print: (value: number) => string): string {
  const total = (shares: Float64Array) => share(sumOf(shares, ...range));
  return `${binsName(column, range, print)}: ${total(p)} → ${total(q)}`;
}

/** Returns where a key leads among the units; null for other keys. */
export function keyed(key: string, units: Units, from: Range | null): Range | null {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -units.length, End: units.length }[key];
  if (by === undefined || units.length === 0) return null;
  const place = from === null ? -1 : units.findIndex(([bin, to]) => bin <= from[0] && from[0] < to);
  const start = place < 0 ? (by < 0 ? units.length : -1) : place;
  return units[Math.max(0, Math.min(units.length - 1, start + by))] ?? null;
}
