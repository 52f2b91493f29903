// A small drift payload with counts that a reader can follow: what the tests of the panel draw.
import { deflateRawSync } from "node:zlib";
import type { Column, DriftPayload, Judgement } from "../src/contract/drift";

const DAY = 86_400_000;
const START = Date.UTC(2013, 0, 1);

/** A judgement that says nothing but its verdict and effect. */
export function judgement(part: Partial<Judgement> = {}): Judgement {
  return {
    verdict: "stable",
    effect: 0.01,
    effect_low: 0,
    effect_high: 0.03,
    natural: 0.05,
    pvalue: 0.5,
    qvalue: 0.5,
    needs: null,
    ks: 0.01,
    psi: 0.01,
    js: 0.01,
    hellinger: 0.01,
    total_variation: 0.01,
    l_infinity: 0.01,
    chi_squared: 1,
    wasserstein: 0.01,
    wasserstein_raw: 0.01,
    null_share_reference: 0,
    null_share_current: 0,
    unseen_share: null,
    n_reference: 1,
    n_current: 1,
    ...part,
  };
}

/** A column with four bins, 0 to 40, whose outer two are open. */
export function numbers(name: string, part: Partial<Column> = {}): Column {
  return {
    name,
    role: "feature",
    kind: "numeric",
    ordered: true,
    edges: [0, 10, 20, 30, 40],
    labels: [],
    pooled: null,
    beyond: [0, 0],
    distinct: null,
    scale: 10,
    importance: null,
    onset: null,
    cause: null,
    carriers: [],
    judgement: judgement(),
    ...part,
  };
}

export function categories(name: string, labels: readonly string[], part: Partial<Column> = {}): Column {
  return numbers(name, { kind: "categorical", ordered: false, edges: [], labels, scale: null, ...part });
}

/** One column's counts: a row of cells (bins, then null, NaN, infinite, unseen) for every bucket. */
export type Counts = readonly (readonly number[])[];

/** Days that differ a little and by rule; from day `from` on, `moved` more rows are in the last bin than in the first. */
export function days(n: number, from: number, moved: number, bins = 4): Counts {
  return Array.from({ length: n }, (_, day) => {
    const cells = Array.from({ length: bins }, (_, bin) => 100 + ((day * 7 + bin * 3) % 5));
    const shift = day >= from ? moved : 0;
    cells[0] = (cells[0] as number) - shift;
    cells[bins - 1] = (cells[bins - 1] as number) + shift;
    return [...cells, day % 3, 0, 0, 0];
  });
}

function varints(values: readonly number[]): Uint8Array {
  const out: number[] = [];
  for (const value of values) {
    let rest = value;
    while (rest > 127) {
      out.push((rest & 127) | 128);
      rest >>= 7;
    }
    out.push(rest);
  }
  return Uint8Array.from(out);
}

/** A payload of the given columns: `reference` and `current` are half-open ranges of daily buckets. */
export function payload(
  columns: readonly (readonly [Column, Counts])[],
  part: Partial<DriftPayload> = {},
): DriftPayload {
  const first = columns[0]?.[1] ?? [[0], [0]];
  const n = first.length;
  const starts = Array.from({ length: n }, (_, day) => START + day * DAY);
  const flat = columns.flatMap(([, counts]) => counts.flat());
  return {
    kind: "drift",
    format: 1,
    id: "made-up",
    product: "afterlaunch 0.1.0",
    noun: "rows",
    sentence: "Python says so.",
    evidence: "Python is sure.",
    buckets: {
      starts_ms: starts,
      ends_ms: starts.map((start) => start + DAY),
      position: starts.map((_, day) => day),
      season: starts.map(() => 0),
      season_name: null,
      every: "1d",
      zone: "UTC",
      n_rows: first.map((cells) => cells.reduce((a, b) => a + b, 0)),
    },
    reference: [0, Math.floor(n / 2)],
    current: [Math.floor(n / 2), n],
    alarm_rate: 0.05,
    min_effect: 0.03,
    measure: "effect",
    measure_in_page: "effect",
    columns: columns.map(([column]) => column),
    segments: null,
    by_rows: [],
    counts: deflateRawSync(varints(flat)).toString("base64"),
    notes: ["made up"],
    code: "al.measure_drift(log, reference={reference}, current={current})",
    ...part,
  };
}
