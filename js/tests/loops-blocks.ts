// The blocks of a made-up report of feedback loops: gain, users, what could be done, labels, kinds.
import type {
  Bubbles,
  Cells,
  Forecast,
  Gain,
  Instrument,
  Kind,
  PlanPoint,
  ScoreBin,
  SelectiveLabels,
  Setting,
  WhatIf,
} from "../src/contract/loops";
import { chance, estimate, N, round, weeks } from "./loops-time";

const HORIZON = 26;

export const instrument = (part: Partial<Instrument>): Instrument => ({
  name: "withheld",
  title: "withheld feedback",
  gain: estimate(0.62, 0.48, 0.75),
  pvalue: 2e-9,
  weak: false,
  n_periods: 4,
  words: "Of items whose clicks were withheld by chance, each by how many it lost.",
  ...part,
});

function plan(): PlanPoint[] {
  return [0.01, 0.03, 0.1].flatMap((share) =>
    [1, 2, 4, 8, 12].map((weeks) => ({
      share,
      periods: weeks,
      half_width: round(0.28 * Math.sqrt(0.03 / share) * weeks ** -0.5, 3),
    })),
  );
}

export function gain(part: Partial<Gain> = {}): Gain {
  return {
    gain: estimate(0.62, 0.48, 0.75),
    bound_only: false,
    instrument: "withheld",
    instruments: [
      instrument({}),
      instrument({
        name: "surprise",
        title: "surprise exposure",
        gain: estimate(0.71, 0.21, null),
        pvalue: 0.004,
        weak: true,
        n_periods: 26,
        words: "Of items that chance showed more than the policy meant to; weak, since few are shown by chance.",
      }),
    ],
    pvalue: 4e-9,
    amplification: estimate(2.63, 1.92, 4),
    overlap: 0.81,
    smoothing: [
      [0.25, 0.6],
      [0.5, 0.62],
      [1, 0.63],
    ],
    naive: 0.73,
    missed: null,
    plan: plan(),
    advice: null,
    words:
      "One extra click comes back as 0.62 of a click next week, that as 0.38 the week after, and so on: 2.6 in all.",
    ...part,
  };
}

const X = Array.from({ length: 29 }, (_, i) => round(0.8 + i * 0.14));
const Y = Array.from({ length: 25 }, (_, i) => round(i * 0.00135, 5));

/** Users around a centre: `tail` stretches them towards few categories. */
function cloud(x: number, y: number, wide: number, high: number, tail: number, users: number): Cells {
  const [cell, n]: [number[], number[]] = [[], []];
  for (let i = 0; i + 1 < X.length; i++)
    for (let j = 0; j + 1 < Y.length; j++) {
      const [dx, dy] = [((X[i] as number) + 0.07 - x) / wide, ((Y[j] as number) + 0.0007 - y) / high];
      const away = dx < 0 ? dx / tail : dx;
      const size = Math.exp(-(away ** 2 + (dy - 0.35 * away) ** 2) / 2);
      const count = Math.round((users * size) / (4 * tail * (wide / 0.14) * (high / 0.00135)));
      if (count > 0) {
        cell.push(i * (Y.length - 1) + j);
        n.push(count);
      }
    }
  return { cell, n };
}

export function bubbles(n = N): Bubbles {
  const maps = [0, 9, 18, n - 1].filter((one, i, all) => one < n && all.indexOf(one) === i);
  const narrowed = weeks((week) => round(0.05 + 0.67 * (1 - Math.exp(-week / 6))), n);
  return {
    periods: maps,
    x_edges: X,
    y_edges: Y,
    shown: maps.map((week) => cloud(4.1 - 0.65 * (1 - Math.exp(-week / 6)), 0.015, 0.36, 0.0036, 1.9, 4000)),
    null: maps.map(() => cloud(4.12, 0.0073, 0.19, 0.0012, 1.2, 4000)),
    narrow_below: 3.68,
    n_users: weeks(() => 4000, n),
    narrowed,
    own_overlap: weeks((week) => round(0.1 + 0.2 * (1 - Math.exp(-week / 6))), n),
    between_overlap: weeks((week) => round(0.008 + 0.01 * (1 - Math.exp(-week / 6))), n),
    trend: estimate(-0.61, -0.63, -0.59),
    words: "Against 200 draws that keep what each user and each item had in all.",
  };
}

function forecast(from: number, to: number, reach: number, seed: number): Forecast {
  const draw = chance(seed);
  const value = weeks((week) => to + (from - to) * Math.exp(-week / 2) + (draw() - 0.5) * reach * 0.4, HORIZON);
  return {
    value: value.map((one) => round(one)),
    low: value.map((one) => round(one - reach)),
    high: value.map((one) => round(one + reach)),
  };
}

export function whatIf(): WhatIf {
  const [explore, guarantee] = [
    [0, 0.02, 0.05, 0.1, 0.2],
    [0, 0.02, 0.05],
  ];
  const settings: Setting[] = [];
  for (const [i, share] of explore.entries())
    for (const correct of [false, true])
      for (const [j, kept] of guarantee.entries()) {
        const gini = (correct ? 0.31 : 0.59) - 0.45 * share - 0.5 * kept;
        const clicks = 0.076 - (correct ? 0.009 : 0) - 0.09 * share - 0.06 * kept;
        const seed = i * 100 + j * 10 + Number(correct);
        settings.push({
          explore: i,
          correct,
          guarantee: j,
          gini: forecast(0.58, gini, 0.012, seed),
          click_rate: forecast(0.073, clicks, 0.0012, seed + 7),
          merit_correlation: estimate(round(0.94 - 0.6 * gini), round(0.9 - 0.6 * gini), round(0.97 - 0.6 * gini)),
          cost: estimate(round(1 - clicks / 0.076), round(0.97 - clicks / 0.076), round(1.03 - clicks / 0.076)),
        });
      }
  return {
    explore,
    guarantee,
    now: [1, 0],
    correct_now: false,
    horizon: HORIZON,
    settings,
    words: "16 runs a setting, the gain drawn from its interval; band 10–90\u202f% of runs.",
  };
}

export function scoreBin(k: number): ScoreBin {
  const [low, high] = [k / 10, (k + 1) / 10];
  const labelled = round(1 / (1 + Math.exp(9 * (low - 0.45))));
  const truth = 0.02 + 0.5 * low ** 1.6;
  const seen = truth * (1 - 0.55 * (1 - labelled));
  const effective = round(labelled * 0.9);
  const told = effective >= 0.05;
  return {
    low,
    high,
    n: 4000,
    labelled_share: labelled,
    accepted_rate: estimate(round(seen), round(seen - 0.012 / labelled ** 0.5), round(seen + 0.012 / labelled ** 0.5)),
    weighted_rate: told
      ? estimate(round(truth), round(truth - 0.02 / labelled ** 0.5), round(truth + 0.02 / labelled ** 0.5))
      : estimate(null),
    effective_share: effective,
  };
}

export function labels(part: Partial<SelectiveLabels> = {}): SelectiveLabels {
  return {
    bins: Array.from({ length: 10 }, (_, k) => scoreBin(k)),
    accepted_rate: estimate(0.061, 0.058, 0.064),
    weighted_rate: estimate(0.147, 0.131, 0.163),
    effective_share: 0.31,
    refused: false,
    words: "Of accepted applications 6.1\u202f% default; of all it would be 14.7\u202f% [13.1, 16.3].",
    ...part,
  };
}

const kind = (part: Partial<Kind> & Pick<Kind, "name" | "title">): Kind => ({
  statistic: "loop gain",
  estimate: estimate(0.62, 0.48, 0.75),
  identified: true,
  verdict: "found",
  needs: null,
  words: "Exposure follows clicks beyond what the items' merit explains.",
  ...part,
});

export function kinds(): Kind[] {
  return [
    kind({ name: "exposure_bias", title: "Exposure bias" }),
    kind({
      name: "popularity_bias",
      title: "Popularity bias",
      statistic: "most shown tenth, × merit",
      estimate: estimate(2.4, 2.3, 2.5),
      words: "The most shown tenth of items gets 2.4 times what its clicks per impression earn.",
    }),
    kind({
      name: "filter_bubble",
      title: "Filter bubble",
      statistic: "users narrowed",
      estimate: estimate(0.72, 0.7, 0.74),
      verdict: "not_found",
      words: "Users see as wide a range as they would without the loop.",
    }),
    kind({
      name: "selective_labels",
      title: "Selective labels",
      statistic: "labelled share",
      estimate: estimate(null),
      identified: false,
      verdict: "not_logged",
      needs: "accepted= in a PredictionLog",
      words: "Every item shown has its label.",
    }),
  ];
}
