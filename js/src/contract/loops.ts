// Written by `make sync` from src/afterlaunch/loops/payload.py; do not edit.
export type Verdict = "loop" | "no_evidence" | "not_identified";

export type Level = "L0" | "L1" | "L2";

/** The time axis: period `i` covers `starts_ms[i]` up to `ends_ms[i]` (epoch milliseconds, UTC). */
export interface Periods {
  readonly starts_ms: readonly number[];
  readonly ends_ms: readonly number[];
  /** Polars duration */
  readonly every: string;
  /** "week" */
  readonly noun: string;
  readonly zone: string;
  readonly n_impressions: readonly number[];
  readonly n_clicks: readonly number[] | null;
  /** share of feedback withheld, of traffic explored, or of scores jittered */
  readonly randomised: readonly (number | null)[];
  /** "3 % of clicks withheld" */
  readonly randomised_words: string | null;
}

/** One measure of how exposure is shared among items, over time. */
export interface Concentration {
  /** "gini", "entropy", "coverage", "tail_share", "mean_popularity", "rank_exposure" */
  readonly name: string;
  readonly title: string;
  readonly unit: "share" | "bits" | "number";
  readonly value: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  /** what the items' merit alone would give */
  readonly null: readonly (number | null)[];
  readonly null_low: readonly (number | null)[];
  readonly null_high: readonly (number | null)[];
}

/** A number with its 95 % interval; None where there is none, where an end is without bound or cannot be told. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Exposure against merit in one period, by popularity tenth (most shown first), and as Lorenz curves. */
export interface Merit {
  readonly n_items: readonly number[];
  /** share of impressions */
  readonly exposure: readonly number[];
  /** share of what the items would have by clicks per impression alone */
  readonly merit: readonly (number | null)[];
  readonly ratio: readonly Estimate[];
  readonly click_rate: readonly (number | null)[];
  /** at 0, 2, …, 100 % of items, least shown first */
  readonly lorenz_exposure: readonly number[];
  readonly lorenz_merit: readonly number[];
}

/** An item that is shown much more, or much less, than its merit. */
export interface Item {
  /** None where names are not shared */
  readonly name: string | null;
  readonly ratio: Estimate;
  readonly exposure: number;
  readonly n_impressions: number;
  readonly n_clicks: number;
}

export type InstrumentName = "surprise" | "withheld" | "noise";

/** The gain as one instrument reads it. */
export interface Instrument {
  readonly name: InstrumentName;
  readonly title: string;
  readonly gain: Estimate;
  readonly pvalue: number | null;
  readonly weak: boolean;
  readonly n_periods: number;
  /** whose elasticity it is, and what is weak about it */
  readonly words: string;
}

/** How wide the gain's interval would be after randomising `share` for `periods` periods. */
export interface PlanPoint {
  readonly share: number;
  readonly periods: number;
  readonly half_width: number;
}

/** How much of this period's extra feedback comes back as exposure in the next. */
export interface Gain {
  readonly gain: Estimate;
  /** near one, or for want of overlap: read the interval, not the value */
  readonly bound_only: boolean;
  readonly instrument: InstrumentName | null;
  readonly instruments: readonly Instrument[];
  readonly pvalue: number | null;
  readonly amplification: Estimate;
  readonly overlap: number | null;
  /** constant, gain */
  readonly smoothing: readonly (readonly [number, number | null])[];
  /** what a regression of exposure on clicks would say */
  readonly naive: number | null;
  /** with no evidence: the gain that could have been missed */
  readonly missed: number | null;
  readonly plan: readonly PlanPoint[];
  /** the smallest that would do */
  readonly advice: PlanPoint | null;
  readonly words: string;
}

/** A sparse histogram: cell = x cell * number of y cells + y cell. */
export interface Cells {
  readonly cell: readonly number[];
  readonly n: readonly number[];
}

/** What users are shown, in some periods: entropy of categories (x) and overlap with other users (y). */
export interface Bubbles {
  /** of which there are maps */
  readonly periods: readonly number[];
  /** bits; with the end of the last cell */
  readonly x_edges: readonly number[];
  /** with the end of the last cell */
  readonly y_edges: readonly number[];
  readonly shown: readonly Cells[];
  readonly null: readonly Cells[];
  /** 95 % of users would be above without the loop */
  readonly narrow_below: number;
  /** one a period of the axis */
  readonly n_users: readonly number[];
  /** share of users below, one a period of the axis */
  readonly narrowed: readonly (number | null)[];
  readonly own_overlap: readonly (number | null)[];
  readonly between_overlap: readonly (number | null)[];
  /** bits by which users' entropy changed from early to late, beyond what was on offer */
  readonly trend: Estimate;
  readonly words: string;
}

/** One measure under one setting, from now on: median and band over seeds. */
export interface Forecast {
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** One point of the grid of what could be done. */
export interface Setting {
  /** place in `explore` */
  readonly explore: number;
  readonly correct: boolean;
  /** place in `guarantee` */
  readonly guarantee: number;
  readonly gini: Forecast;
  readonly click_rate: Forecast;
  /** at the end */
  readonly merit_correlation: Estimate;
  /** clicks less than as today, as a share, over the horizon */
  readonly cost: Estimate;
}

/** What a simulator, calibrated on the log, expects of each setting. */
export interface WhatIf {
  /** share of impressions */
  readonly explore: readonly number[];
  /** share of impressions kept for new items */
  readonly guarantee: readonly number[];
  /** places of today's explore and guarantee */
  readonly now: readonly [number, number];
  readonly correct_now: boolean;
  /** periods */
  readonly horizon: number;
  readonly settings: readonly Setting[];
  readonly words: string;
}

/** Rows of similar score: how many are labelled, and their rate as accepted rows and as all rows have it. */
export interface ScoreBin {
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly labelled_share: number;
  readonly accepted_rate: Estimate;
  /** None where the effective sample size is below 5 % */
  readonly weighted_rate: Estimate;
  readonly effective_share: number | null;
}

/** Labels that exist because the model accepted. */
export interface SelectiveLabels {
  readonly bins: readonly ScoreBin[];
  readonly accepted_rate: Estimate;
  readonly weighted_rate: Estimate;
  readonly effective_share: number | null;
  readonly refused: boolean;
  readonly words: string;
}

export type KindName = "exposure_bias" | "popularity_bias" | "filter_bubble" | "selective_labels";

export type KindVerdict = "found" | "not_found" | "cannot_tell" | "not_logged";

/** One kind of feedback loop and what the log says of it. */
export interface Kind {
  readonly name: KindName;
  readonly title: string;
  readonly statistic: string;
  readonly estimate: Estimate;
  readonly identified: boolean;
  readonly verdict: KindVerdict;
  readonly needs: string | null;
  readonly words: string;
}

/** The whole panel: aggregates alone; names of items where they are public. */
export interface LoopPayload {
  readonly kind: "loops";
  readonly format: number;
  readonly id: string;
  readonly product: string;
  /** "items" */
  readonly noun: string;
  /** "recommender", "scorer" */
  readonly subject: string;
  /** "clicks": what counts as feedback, and within which window */
  readonly feedback: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly evidence: string;
  readonly level: Level;
  /** what the level licenses, and what the next costs */
  readonly level_words: string;
  readonly periods: Periods | null;
  readonly concentration: readonly Concentration[];
  /** one a period */
  readonly merit: readonly (Merit | null)[];
  readonly over_exposed: readonly Item[];
  readonly under_exposed: readonly Item[];
  readonly gain: Gain;
  readonly bubbles: Bubbles | null;
  readonly what_if: WhatIf | null;
  readonly labels: SelectiveLabels | null;
  readonly kinds: readonly Kind[];
  readonly n_impressions: number;
  readonly n_items: number;
  readonly n_users: number | null;
  readonly alarm_rate: number;
  readonly notes: readonly string[];
  readonly code: string;
}
