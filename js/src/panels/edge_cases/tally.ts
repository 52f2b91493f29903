// Rows by group at any two thresholds, counted from the cells of a density.

import type { Cells, Density, GroupName } from "../../contract/edges";

/** In the order of reading: the two that hurt on top. */
export const GROUPS: readonly GroupName[] = ["edge_case", "both", "routine", "outlier"];

/** Cells from which a row counts as odd, and as badly served: places among the density's edges. */
export interface Cut {
  readonly odd: number;
  readonly bad: number;
}

export interface Count {
  readonly n: number;
  /** Of all rows counted; null where there are none. */
  readonly share: number | null;
  /** Mean loss of the labelled rows; null where there are none. */
  readonly loss: number | null;
  /** Of the loss of all rows counted; null where there is none. */
  readonly lossShare: number | null;
}

export interface Tally {
  readonly n: number;
  readonly groups: Readonly<Record<GroupName, Count>>;
  /** Groups taken together. */
  readonly sum: (...names: readonly GroupName[]) => Count;
}

interface Sums {
  n: number;
  labelled: number;
  loss: number;
}

export const groupAt = (isOdd: boolean, isBad: boolean): GroupName =>
  isBad ? (isOdd ? "both" : "edge_case") : isOdd ? "outlier" : "routine";

/** Returns the place of the threshold among edges: the edge at it, or the first above. */
export function placeOf(edges: readonly number[], value: number): number {
  const found = edges.findIndex((edge) => edge >= value - 1e-9 * Math.max(1, Math.abs(value)));
  return found < 0 ? edges.length - 1 : found;
}

/** Returns how many rows each group has, and its share of rows and of loss. */
export function tally(cells: Cells, density: Density, cut: Cut): Tally {
  const rows = density.loss_edges.length;
  const sums = { edge_case: none(), both: none(), routine: none(), outlier: none() };
  for (const [i, cell] of cells.cell.entries()) {
    const sum = sums[groupAt(Math.floor(cell / rows) >= cut.odd, cell % rows >= cut.bad)];
    sum.n += cells.n[i] as number;
    sum.labelled += cells.n_labelled[i] as number;
    sum.loss += cells.loss[i] as number;
  }
  const all = add(GROUPS.map((name) => sums[name]));
  const count = (sum: Sums): Count => ({
    n: sum.n,
    share: all.n === 0 ? null : sum.n / all.n,
    loss: sum.labelled === 0 ? null : sum.loss / sum.labelled,
    lossShare: all.loss > 0 ? sum.loss / all.loss : null,
  });
  const of = (name: GroupName) => count(sums[name]);
  const groups = { edge_case: of("edge_case"), both: of("both"), routine: of("routine"), outlier: of("outlier") };
  return { n: all.n, groups, sum: (...names) => count(add(names.map((name) => sums[name]))) };
}

const none = (): Sums => ({ n: 0, labelled: 0, loss: 0 });

function add(parts: readonly Sums[]): Sums {
  const sum = none();
  for (const { n, labelled, loss } of parts) {
    sum.n += n;
    sum.labelled += labelled;
    sum.loss += loss;
  }
  return sum;
}
