// A made-up recommender over time, the same at every run: periods, concentration, merit, items.
import type { Concentration, Estimate, Item, Merit, Periods } from "../src/contract/loops";

const WEEK = 7 * 86_400_000;
const START = Date.UTC(2026, 0, 5);
export const N = 27;

/** Returns numbers from 0 to 1, the same for the same seed. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const weeks = <T>(make: (week: number) => T, n = N) => Array.from({ length: n }, (_, week) => make(week));
export const round = (value: number, digits = 4) => Number(value.toFixed(digits));

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
