// Made-up payloads of feedback loops, the same at every run: what the tests of their panel draw.
import type {
  Bubbles,
  Cells,
  Concentration,
  Estimate,
  Forecast,
  Gain,
  Instrument,
  Item,
  Kind,
  LoopPayload,
  Merit,
  Periods,
  PlanPoint,
  ScoreBin,
  SelectiveLabels,
  Setting,
  WhatIf,
} from "../src/contract/loops";

const WEEK = 7 * 86_400_000;
const START = Date.UTC(2026, 0, 5);
const N = 27;
const HORIZON = 26;

/** Returns numbers from 0 to 1, the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const weeks = <T>(make: (week: number) => T, n = N) => Array.from({ length: n }, (_, week) => make(week));
const round = (value: number, digits = 4) => Number(value.toFixed(digits));

export const estimate = (value: number | null, low: number | null = null, high: number | null = null): Estimate => ({
  value,
  low,
  high,
});

export function periods(n = N): Periods {
  const draw = chance(3);
  const shown = weeks(() => Math.round(1_150_000 + 100_000 * draw()), n);
  return {
    starts_ms: weeks((week) => START + week * WEEK, n),
    ends_ms: weeks((week) => START + (week + 1) * WEEK, n),
    every: "1w",
    noun: "week",
    zone: "UTC",
    n_impressions: shown,
    n_clicks: shown.map((one, week) => Math.round(one * (0.0724 + 0.008 * Math.exp(-((week - 22) ** 2) / 18)))),
    randomised: weeks((week) => (week >= 21 && week < 25 ? 0.03 : null), n),
    randomised_words: "3\u202f% of clicks withheld",
  };
}

interface Shape {
  readonly from: number;
  readonly to: number;
  readonly without: number;
  readonly reach: number;
}

const SHAPES: readonly (readonly [string, string, Concentration["unit"], Shape])[] = [
  ["gini", "Gini, corrected for sample size", "share", { from: 0.34, to: 0.58, without: 0.35, reach: 0.015 }],
  ["entropy", "Entropy of exposure", "bits", { from: 11.4, to: 10.2, without: 11.35, reach: 0.05 }],
  ["coverage", "Items shown at all", "share", { from: 0.99, to: 0.91, without: 0.99, reach: 0.004 }],
  ["tail_share", "Share of the least popular 80\u202f%", "share", { from: 0.55, to: 0.34, without: 0.54, reach: 0.01 }],
  ["mean_popularity", "Average popularity of what is shown", "number", { from: 310, to: 840, without: 318, reach: 14 }],
];

export function concentration(n = N): Concentration[] {
  return SHAPES.map(([name, title, unit, { from, to, without, reach }], place) => {
    const draw = chance(place + 11);
    const value = weeks((week) => to + (from - to) * Math.exp(-week / 2.6) + (draw() - 0.5) * reach, n);
    const none = weeks(() => without + (draw() - 0.5) * reach * 0.3, n);
    const moved = (of: readonly number[], by: number) => of.map((one) => round(one + by));
    return {
      name,
      title,
      unit,
      value: moved(value, 0),
      low: moved(value, -reach / 2),
      high: moved(value, reach / 2),
      null: moved(none, 0),
      null_low: moved(none, -reach * 1.6),
      null_high: moved(none, reach * 1.6),
    };
  });
}

/** Exposure of tenths as a power of their place, tilted more as weeks go by; merit stays. */
export function merit(week: number): Merit {
  const tilt = 1.35 - 0.95 * Math.exp(-week / 2.6);
  const shares = (power: number) => {
    const raw = Array.from({ length: 10 }, (_, k) => (k + 1) ** -power);
    const total = raw.reduce((a, b) => a + b, 0);
    return raw.map((one) => one / total);
  };
  const [exposure, deserved] = [shares(tilt), shares(0.52)];
  const ratio = exposure.map((one, k) => one / (deserved[k] as number));
  const curve = (power: number) => Array.from({ length: 51 }, (_, i) => round((i / 50) ** power));
  return {
    n_items: Array.from({ length: 10 }, () => 400),
    exposure: exposure.map((one) => round(one)),
    merit: deserved.map((one) => round(one)),
    ratio: ratio.map((one, k) => estimate(round(one), round(one * (0.94 - 0.01 * k)), round(one * (1.06 + 0.01 * k)))),
    click_rate: deserved.map((one) => round(0.05 + one / 4)),
    lorenz_exposure: curve(1.5 + tilt),
    lorenz_merit: curve(1.42),
  };
}

export const item = (name: string | null, ratio: number, exposure: number): Item => ({
  name,
  ratio: estimate(ratio, round(ratio * 0.85), round(ratio * 1.18)),
  exposure,
  n_impressions: Math.round(exposure * 1.2e6),
  n_clicks: Math.round(exposure * 9e4),
});

const instrument = (part: Partial<Instrument>): Instrument => ({
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

/** A recommender whose loop is found: 27 weeks, 4,000 items, 3 % of clicks withheld for four weeks. */
export function found(part: Partial<LoopPayload> = {}): LoopPayload {
  const axis = periods();
  return {
    kind: "loops",
    format: 1,
    id: "l",
    product: "afterlaunch 0.1.0",
    noun: "items",
    subject: "recommender",
    feedback: "clicks within 7 days",
    verdict: "loop",
    sentence: "The recommender feeds on its own clicks: gain 0.62 [0.48, 0.75]; popularity is amplified 2.6 times.",
    evidence: "Below 1: it settles, it does not run away. The chance of a false alarm here: at most 5\u202f%.",
    level: "L2",
    level_words: "Feedback was withheld at random, so that the gain is a cause and not a correlation.",
    periods: axis,
    concentration: concentration(),
    merit: weeks(merit),
    over_exposed: [item("sneakers-42", 6.1, 0.021), item("hoodie-7", 4.4, 0.017), item("cap-3", 3.9, 0.012)],
    under_exposed: [item("scarf-180", 0.11, 0.0002), item("belt-9", 0.16, 0.0003), item("gloves-44", 0.2, 0.0003)],
    gain: gain(),
    bubbles: bubbles(),
    what_if: whatIf(),
    labels: null,
    kinds: kinds(),
    n_impressions: axis.n_impressions.reduce((a, b) => a + b, 0),
    n_items: 4000,
    n_users: 4000,
    alarm_rate: 0.05,
    notes: ["Null band: 95\u202f% of 200 draws by merit alone", "Merit: clicks per impression, averaged over items"],
    code: "al.find_feedback_loops(log)",
    ...part,
  };
}

/** The same log without any randomisation: nothing is known of the gain, but how to learn it. */
export function unidentified(part: Partial<LoopPayload> = {}): LoopPayload {
  return found({
    verdict: "not_identified",
    sentence: "Cannot tell whether the recommender feeds on its own clicks: this log records no randomisation.",
    evidence: "Good items rise without a loop too. To know: withhold 3\u202f% of clicks from training for 8 weeks.",
    level: "L0",
    level_words: "Logs alone: they describe, and license no word on causes. The next level needs propensities.",
    periods: { ...periods(), randomised: weeks(() => null), randomised_words: null },
    gain: gain({
      gain: estimate(null),
      instrument: null,
      instruments: [],
      pvalue: null,
      amplification: estimate(null),
      overlap: null,
      smoothing: [],
      advice: { share: 0.03, periods: 8, half_width: 0.099 },
      words:
        "Withhold 3\u202f% of clicks from training for 8 weeks. That gives ±\u202f0.1; users see no change. A regression of exposure on clicks would say 0.73, but it alarms in every loop-free log.",
    }),
    what_if: null,
    kinds: kinds().map((one, i) =>
      i === 0
        ? {
            ...one,
            estimate: estimate(null),
            identified: false,
            verdict: "cannot_tell",
            needs: "3\u202f% of clicks withheld for 8 weeks",
          }
        : one,
    ),
    ...part,
  });
}

/** A log in which the gain is near nothing. */
export function noEvidence(part: Partial<LoopPayload> = {}): LoopPayload {
  return found({
    verdict: "no_evidence",
    sentence: "No evidence that the recommender feeds on its own clicks: gain 0.04 [−0.06, 0.14].",
    evidence: "A gain above 0.14 would have been seen. The chance of a false alarm here: at most 5\u202f%.",
    gain: gain({
      gain: estimate(0.04, -0.06, 0.14),
      pvalue: 0.41,
      instruments: [instrument({ gain: estimate(0.04, -0.06, 0.14), pvalue: 0.41 })],
      amplification: estimate(1.04, 0.94, 1.16),
      missed: 0.14,
      words: "One extra click comes back as 0.04 of a click next week: nothing to speak of.",
    }),
    ...part,
  });
}

/** A collapsed log: the gain is known from below alone, and may run away. */
export function boundOnly(part: Partial<LoopPayload> = {}): LoopPayload {
  return found({
    sentence: "The recommender feeds on its own clicks: gain at least 0.71; popularity is amplified 3.4 times or more.",
    evidence: "Near 1 it is a bound: half of the items are hardly ever shown, and say nothing.",
    gain: gain({
      gain: estimate(0.9, 0.71, null),
      bound_only: true,
      amplification: estimate(null, 3.45, null),
      overlap: 0.08,
      words: "At least 0.71 of an extra click comes back next week. Whether it runs away, this log cannot tell.",
    }),
    ...part,
  });
}

/** Credit decisions: labels exist where the model accepted, and nothing else is logged. */
export function labelsAlone(part: Partial<LoopPayload> = {}): LoopPayload {
  return unidentified({
    noun: "applications",
    subject: "scorer",
    feedback: "repayments within 90 days",
    sentence: "Labels are selective: of accepted applications 6.1\u202f% default, of all it would be 14.7\u202f%.",
    verdict: "loop",
    evidence: "Weighted by the chance to be accepted; 31\u202f% of the labels count in effect.",
    level: "L1",
    level_words: "Chances to be accepted are logged: rates of all rows can be had.",
    periods: null,
    concentration: [],
    merit: [],
    over_exposed: [],
    under_exposed: [],
    gain: gain({
      gain: estimate(null),
      instrument: null,
      instruments: [],
      amplification: estimate(null),
      smoothing: [],
      plan: [],
      naive: null,
      overlap: null,
      pvalue: null,
      words: "Log which rows were accepted by chance.",
    }),
    bubbles: null,
    what_if: null,
    labels: labels(),
    kinds: kinds().map((one) =>
      one.name === "selective_labels"
        ? {
            ...one,
            verdict: "found",
            identified: true,
            estimate: estimate(2.4, 2.1, 2.7),
            statistic: "rate, × accepted",
            needs: null,
          }
        : { ...one, verdict: "not_logged", identified: false, estimate: estimate(null), needs: "an InteractionLog" },
    ),
    n_impressions: 40_000,
    n_items: 0,
    n_users: null,
    code: "al.find_feedback_loops(log)",
    ...part,
  });
}

/** One week: nothing can come back yet. */
export const onePeriod = (part: Partial<LoopPayload> = {}): LoopPayload =>
  unidentified({
    sentence: "Cannot tell whether the recommender feeds on its own clicks: this log holds one week.",
    evidence: "What is shown in one week can come back in the next at the soonest. Log two weeks or more.",
    periods: { ...periods(1), randomised: [null], randomised_words: null },
    concentration: concentration(1),
    merit: [merit(20)],
    bubbles: bubbles(1),
    gain: gain({ ...unidentified().gain, plan: [], advice: null, words: "Log two weeks or more." }),
    ...part,
  });

export const noUsers = (part: Partial<LoopPayload> = {}) => found({ bubbles: null, n_users: null, ...part });

/** Without clicks there is exposure alone: no merit, no gain. */
export function noClicks(part: Partial<LoopPayload> = {}): LoopPayload {
  const axis = unidentified().periods as Periods;
  const nothing = weeks(() => null);
  return unidentified({
    periods: { ...axis, n_clicks: null },
    feedback: "",
    sentence: "Cannot tell whether the recommender feeds on its own output: this log holds no clicks.",
    evidence: "Name the column of clicks: clicked='…'.",
    concentration: concentration().map((one) => ({ ...one, null: nothing, null_low: nothing, null_high: nothing })),
    merit: weeks((week) => {
      const { merit: deserved, ratio, click_rate: rate, ...rest } = merit(week);
      return {
        ...rest,
        merit: deserved.map(() => null),
        ratio: ratio.map(() => estimate(null)),
        click_rate: rate.map(() => null),
        lorenz_merit: [],
      };
    }),
    over_exposed: [],
    under_exposed: [],
    gain: gain({ ...unidentified().gain, plan: [], advice: null, naive: null, words: "Name the column of clicks." }),
    ...part,
  });
}
