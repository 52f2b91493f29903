// A column's effect over time, beside the band that natural variation alone stays in.
import { type Cells, presence, type Table, values, type Windows } from "./cells";
import { stepContrast } from "./contrasts";
import type { PartName } from "./evidence";
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
  const used = inTime(windows.position, table.n);
  const n = Float64Array.from(used, (d) => table.n[d] as number);
  const position = Float64Array.from(used, (d) => windows.position[d] as number);
  const contrastOf = (current: Int32Array) => {
    const { contrast } = stepContrast(table, { ...windows, current }, used);
    return contrast.some((x) => Math.abs(x) > 1e-12) ? contrast : null;
  };
  return {
    effect(step) {
      const contrast = contrastOf(step);
      if (contrast === null) return Number.NaN;
      return norm(moved(table, contrast, used), name === "values" && cells.ordered);
    },
    natural(step, chance) {
      const contrast = contrastOf(step);
      if (contrast === null) return Number.NaN;
      const law = new Null(
        weights,
        sampling(contrast, n, evidence.volume),
        between(contrast, position),
        evidence.noise,
      );
      return effectAt(law, chance * raising, evidence.unit);
    },
  };
}

/** What a contrast of the used buckets says of every cell. */
function moved({ counts, k, n }: Table, contrast: Float64Array, used: Int32Array): Float64Array {
  const gap = new Float64Array(k);
  for (let u = 0; u < used.length; u++) {
    const d = used[u] as number;
    for (let cell = 0; cell < k; cell++) {
      const share = (counts[d * k + cell] as number) / (n[d] as number);
      gap[cell] = (gap[cell] as number) + (contrast[u] as number) * share;
    }
  }
  return gap;
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

function inTime(position: Int32Array, n: Float64Array): Int32Array {
  const place = (d: number) => position[d] as number;
  const known = Array.from(n.keys()).filter((d) => (n[d] as number) > 0);
  return Int32Array.from(known.sort((a, b) => place(a) - place(b) || a - b));
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
