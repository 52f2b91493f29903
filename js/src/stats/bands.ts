// A column's effect over time, beside the band that natural variation alone stays in.
import { type Cells, presence, values, type Windows } from "./cells";
import { inTime, moved, stepContrast } from "./contrasts";
import { growth, type PartName, summed } from "./evidence";
import { effectAt, type Learnt, learn } from "./judge";
import { norm } from "./noise";
import { between, Null, sampling } from "./placebo";

/** Of each step; NaN where it has no value or is the whole reference, and where the column lacks the part. */
export interface Bands {
  readonly effects: Float64Array;
  /** In a quiet column any step leaves this with chance at most the alarm rate. */
  readonly natural: Float64Array;
}

/** Any one step of one column; its table is made once for all steps. */
export interface Follower {
  effect(step: Int32Array): number;
  /** The effect that natural variation exceeds with `chance`. */
  natural(step: Int32Array, chance: number): number;
}

/** Returns how to follow a column over time, from what `learn` found; null where it lacks the part. */
export function follow(learnt: Learnt, column: number, name: PartName = "values"): Follower | null {
  const cells = learnt.columns[column] as Cells;
  const { windows } = learnt;
  const part = learnt.parts[column]?.find(({ evidence }) => evidence.part === name);
  if (!part) return null;
  const table = name === "values" ? values(cells) : presence(cells);
  const { evidence, weights, raising } = part;
  const used = inTime(
    windows.position,
    Array.from(table.n.keys()).filter((d) => table.n[d]),
  );
  const n = Float64Array.from(used, (d) => table.n[d] as number);
  const position = Float64Array.from(used, (d) => windows.position[d] as number);
  const contrastOf = (current: Int32Array) => {
    const { contrast } = stepContrast(table, { ...windows, current }, used);
    return contrast.some((x) => Math.abs(x) > 1e-12) ? contrast : null;
  };
  const ordered = name === "values" && cells.ordered;
  const growthOf = (contrast: Float64Array, step: Int32Array) => {
    const { sums, n: rows } = summed(table, step);
    const gap = moved(table, contrast, used);
    const after = sums.map((count) => count / rows);
    return growth(
      after.map((share, i) => Math.max(share - (gap[i] as number), 0)),
      after,
      ordered,
    );
  };
  return {
    effect(step) {
      const contrast = contrastOf(step);
      return contrast === null ? Number.NaN : norm(moved(table, contrast, used), ordered);
    },
    natural(step, chance) {
      const contrast = contrastOf(step);
      if (contrast === null) return Number.NaN;
      const law = new Null(
        weights,
        sampling(contrast, n, evidence.volume),
        between(contrast, position, growthOf(contrast, step)),
        evidence.noise,
      );
      return effectAt(law, chance * raising, evidence.unit);
    },
  };
}

/** One column's effect over `steps` (groups of buckets) against the reference, from what `learn` found. */
export function bandsOf(
  learnt: Learnt,
  column: number,
  steps: readonly Int32Array[],
  alarmRate: number,
  name: PartName = "values",
): Bands {
  const follower = follow(learnt, column, name);
  const chance = alarmRate / steps.length;
  return {
    effects: Float64Array.from(steps, (step) => follower?.effect(step) ?? Number.NaN),
    natural: Float64Array.from(steps, (step) => follower?.natural(step, chance) ?? Number.NaN),
  };
}

/** Every column's effect over `steps`, with its natural band. */
export function bands(
  columns: readonly Cells[],
  windows: Windows,
  steps: readonly Int32Array[],
  options: { readonly alarmRate: number; readonly part?: PartName },
): Bands[] {
  const learnt = learn(columns, windows, options.alarmRate);
  return columns.map((_, column) => bandsOf(learnt, column, steps, options.alarmRate, options.part));
}
