// A column's effect over time, beside the band that natural variation alone stays in.
import { type Cells, presence, values, type Windows } from "./cells";
import { dot, stepContrast } from "./contrasts";
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

/** One column's effect over `steps` (groups of buckets) against the reference, from what `learn` found. */
export function bandsOf(
  learnt: Learnt,
  column: number,
  steps: readonly Int32Array[],
  alarmRate: number,
  name: PartName = "values",
): Bands {
  const cells = learnt.columns[column] as Cells;
  const { windows } = learnt;
  const table = name === "values" ? values(cells) : presence(cells);
  const part = learnt.parts[column]?.find(({ evidence }) => evidence.part === name);
  const effects = new Float64Array(steps.length).fill(Number.NaN);
  const natural = effects.slice();
  if (!part) return { effects, natural };
  const { evidence, weights, raising } = part;
  const used = inTime(windows.position, table.n);
  const n = Float64Array.from(used, (d) => table.n[d] as number);
  const position = Float64Array.from(used, (d) => windows.position[d] as number);
  steps.forEach((current, i) => {
    const { contrast } = stepContrast(table, { ...windows, current }, used);
    if (!contrast.some((x) => Math.abs(x) > 1e-12)) return;
    const law = new Null(weights, sampling(contrast, n, evidence.volume), between(contrast, position), evidence.noise);
    natural[i] = effectAt(law, (alarmRate / steps.length) * raising, evidence.unit);
    const gap = Float64Array.from({ length: table.k }, (_, cell) =>
      dot(
        contrast,
        Float64Array.from(used, (d, u) => (table.counts[d * table.k + cell] as number) / (n[u] as number)),
      ),
    );
    effects[i] = norm(gap, name === "values" && cells.ordered);
  });
  return { effects, natural };
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
