// A small edge-case payload that a reader can follow: what the tests of its panel draw.
import { deflateRawSync } from "node:zlib";
import type { Cells, EdgeCasePayload, Estimate, Row, Slice } from "../src/contract/edges";

const WEEK = 7 * 86_400_000;
const START = Date.UTC(2013, 0, 1);

/** Outlier shares and losses at which cells end: 4 odd cells and 5 bad ones. */
export const ODD = [0, 0.9, 0.99, 0.999];
export const LOSS = [0, 0.25, 0.5, 0.75, 1];

/** Rows by [odd cell, loss cell]; each has a loss in the middle of its cell. */
export function cells(rows: readonly (readonly [number, number, number])[]): Cells {
  return {
    cell: rows.map(([odd, bad]) => odd * LOSS.length + bad),
    n: rows.map(([, , n]) => n),
    n_labelled: rows.map(([, , n]) => n),
    loss: rows.map(([, bad, n]) => n * ((LOSS[bad] as number) + 0.125)),
  };
}

/** Rows by week and [odd cell, loss cell], packed as Python does; each has a loss in the middle of its cell. */
export function packed(weeks: readonly (readonly (readonly [number, number, number])[])[]): string {
  const places = weeks.flatMap((rows) =>
    rows.map(([odd, bad, n], i) => {
      const before = rows[i - 1];
      const cell = odd * LOSS.length + bad;
      return { gap: before === undefined ? cell : cell - before[0] * LOSS.length - before[1], n, bad };
    }),
  );
  const flat = [
    places.length,
    ...weeks.map((rows) => rows.length),
    ...places.map(({ gap }) => gap),
    ...places.map(({ n }) => n),
    ...places.map(() => 0),
    ...places.map(({ n, bad }) => (n * ((LOSS[bad] as number) + 0.125) * 100) / (LOSS[1] as number)),
  ];
  return deflateRawSync(Uint8Array.from(flat.flatMap(varint))).toString("base64");
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

export const estimate = (value: number | null, reach = 0.05): Estimate => ({
  value,
  low: value === null ? null : value - reach,
  high: value === null ? null : value + reach,
});

const weeks = (first: number, ...rest: readonly (number | null)[]) => [first, ...rest];

export function slice(part: Partial<Slice> = {}): Slice {
  const words = part.words ?? "carrier is EV and hour ≥ 17";
  return {
    words,
    conditions: words.split(" and ").map((one) => ({
      column: one.split(" ")[0] as string,
      kind: "value",
      low: null,
      high: null,
      value: null,
      whole: false,
      words: one,
    })),
    sentence: `${words}: log loss 0.61 against 0.44 elsewhere`,
    code: "(pl.col('carrier') == 'EV') & (pl.col('hour') >= 17)",
    verdict: "confirmed",
    needs: null,
    n: 400,
    share: 0.2,
    n_held_out: 200,
    loss: 0.61,
    loss_elsewhere: 0.44,
    effect: estimate(0.17),
    qvalue: 0.002,
    above_promise: estimate(0.12),
    before: estimate(0.02),
    change: estimate(0.15),
    worse_since_ms: null,
    explained_share: 0.07,
    series: {
      n: [40, 40, 40, 40],
      realized: weeks(0.5, 0.5, 0.7, 0.6),
      low: weeks(0.4, 0.4, 0.6, 0.5),
      high: weeks(0.6, 0.6, 0.8, 0.7),
      promised: weeks(0.5, 0.5, 0.5, 0.5),
      compared_n: [40, 40, 40, 40],
      compared: [20, 20, 28, 24],
    },
    cells: cells([
      [0, 1, 100],
      [0, 3, 300],
    ]),
    counts: null,
    ...part,
  };
}

export function row(part: Partial<Row> = {}): Row {
  return {
    group: "edge_case",
    values: ["EV", "18"],
    outlier_share: 0.4,
    flagged: false,
    loss: 1.2,
    smoothed_loss: 0.8,
    surprise: 0.7,
    odd: [{ column: "hour", value: "18", part: 0.6, tail_share: 0.12 }],
    n_alike_right: 12,
    wrong: [{ column: "carrier", value: "EV", usual: "UA" }],
    slices: [0],
    ...part,
  };
}

/** Two weeks of reference and two that are current; of 2 000 current rows 600 are badly served. */
export function payload(part: Partial<EdgeCasePayload> = {}): EdgeCasePayload {
  const starts = [0, 1, 2, 3].map((week) => START + week * WEEK);
  const names = ["routine", "outlier", "edge_case", "both"] as const;
  return {
    kind: "edge_cases",
    format: 1,
    id: "e",
    product: "afterlaunch 0.1.0",
    noun: "flights",
    task: "binary",
    loss: "log_loss",
    loss_words: "log loss",
    basis: "realized",
    promised_by_score: true,
    worse_than: "elsewhere",
    verdict: "edge_cases",
    sentence: "Log loss is 0.5; 1 slice is worse than elsewhere: carrier is EV and hour ≥ 17.",
    evidence: "120 groups compared; 3 stood out on one half of the weeks, 1 held on the other.",
    buckets: {
      starts_ms: starts,
      ends_ms: starts.map((start) => start + WEEK),
      every: "1w",
      zone: "UTC",
      n_rows: [1000, 1000, 1000, 1000],
      n_labelled: [1000, 1000, 1000, 1000],
    },
    reference: [0, 2],
    current: [2, 4],
    loss_reference: estimate(0.45),
    loss_current: estimate(0.5),
    promised_reference: 0.45,
    promised_current: 0.44,
    n_reference: 2000,
    n_current: 2000,
    n_labelled: 2000,
    min_rows: 50,
    min_effect: 0.05,
    false_share: 0.05,
    n_searched: 120,
    series: {
      n: [1000, 1000, 1000, 1000],
      realized: weeks(0.44, 0.46, 0.5, 0.52),
      low: weeks(0.4, 0.42, 0.46, 0.48),
      high: weeks(0.48, 0.5, 0.54, 0.56),
      promised: weeks(0.45, 0.45, 0.44, 0.44),
      compared_n: [1000, 1000, 1000, 1000],
      compared: [440, 460, 500, 520],
    },
    slices: [
      slice(),
      slice({ words: "seats ≥ 200", verdict: "not_confirmed", effect: estimate(0.06, 0.1), explained_share: 0.01 }),
      slice({
        words: "origin is JFK",
        verdict: "cannot_tell",
        needs: "more days",
        effect: { value: null, low: null, high: null },
      }),
    ],
    density: {
      odd_edges: ODD,
      loss_edges: LOSS,
      n_similar: 50,
      counts: null,
      reference: cells([
        [0, 1, 900],
        [0, 3, 80],
        [2, 1, 20],
      ]),
      current: cells([
        [0, 1, 1300],
        [0, 3, 500],
        [1, 3, 60],
        [2, 1, 100],
        [2, 3, 40],
      ]),
    },
    odd_from: 0.99,
    bad_from: 0.75,
    groups: names.map((name) => ({
      name,
      n: 500,
      share: estimate(0.25, 0.02),
      loss: estimate(0.5),
      loss_share: 0.25,
      n_reference: 250,
      share_reference: estimate(0.25, 0.02),
      loss_reference: estimate(0.5),
    })),
    n_flagged: 0,
    outlier_method: "isolation_forest",
    row_columns: [],
    rows: [],
    notes: ["a note"],
    code: 'al.find_edge_cases(log, reference=("2013-01-01", "2013-01-15"))',
    ...part,
  };
}

/** The same with counts by week, so that windows can be moved: the last week is the worst. */
export function counted(part: Partial<EdgeCasePayload> = {}): EdgeCasePayload {
  const plain = payload();
  const quiet = [
    [0, 1, 900],
    [0, 3, 100],
  ] as const;
  const bad = [
    [0, 1, 400],
    [0, 3, 600],
  ] as const;
  const [first, ...others] = plain.slices;
  if (first === undefined) throw new Error("a slice");
  const few = [[0, 3, 40]] as const;
  return {
    ...plain,
    density: { ...plain.density, counts: packed([quiet, quiet, quiet, bad]) },
    slices: [{ ...first, counts: packed([few, few, few, few]) }, ...others],
    ...part,
  };
}
