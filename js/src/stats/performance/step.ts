// The step of one metric between two windows and the verdict on it, by the rule of `afterlaunch.performance`.
import type { Judgement, Metric, Series, WindowValue } from "../../contract/performance";
import type { Windows } from "../cells";
import { falseShareThreshold, holmThreshold } from "../multiplicity";
import { learnTogether, type Natural, type Series as Noisy, SCALAR } from "../natural";
import { type Ground, SCALES } from "./scales";
import type { Found } from "./tally";

const FEW_PLACEBOS = 0.25;
const INTERVAL = 0.05;
const NORMAL = 1.959964;
const NOTHING = 1e-24; // stands for the variance of what cannot vary
const LARGE = 5; // times what matters
const ALONE = 0.2; // of the alarm rate is for segments, where nothing has changed among all rows

export const NEEDS = {
  season: "a reference that covers the same seasons",
  longer: "a longer reference, or last year's period",
  rows: "more labelled rows",
};

/** Values of the two windows, and of the reference with its seasons weighed as in the current one. */
export interface Sides {
  readonly reference: Found | null;
  readonly current: Found | null;
  readonly likeForLike: Found | null;
}

/** What is compared: a metric of some rows, by bucket. */
export interface Compared {
  readonly metric: Metric;
  readonly series: Series;
  /** Labelled rows by bucket, 0 where a bucket is not judged. */
  readonly n: Float64Array;
  readonly windows: Windows;
  readonly sides: Sides;
  readonly mattersFrom: number;
}

/** A step before it is decided: the level is that of the whole report. */
export interface Step {
  readonly compared: Compared;
  readonly pvalue: number | null;
  decide(level: number): Judgement;
}

const rowsIn = (n: ArrayLike<number>, which: Int32Array) => which.reduce((sum, d) => sum + (n[d] as number), 0);

/** Where a value stands on its scale, shares drawn in by half a row of those that they rest on. */
export function standing({ scale }: Metric, { value, support }: Found): number {
  const rows = Math.max(support, 1);
  const { to } = SCALES[scale];
  if (scale === "logit") return to((rows * value + 0.5) / (rows + 1));
  return to(scale === "fisher" ? (value * rows) / (rows + 1) : value);
}

/** Returns the steps of metrics of the same rows: what days do is learnt from all together. */
export function stepsOf(compared: readonly Compared[]): Step[] {
  const pairs = compared.map(pairOf);
  const known = pairs.filter((pair) => pair !== null);
  const [first] = known;
  const learnt = first === undefined ? [] : learnTogether(known.map(seriesOf), first.compared.windows);
  return compared.map((one, i) => {
    const pair = pairs[i] ?? null;
    if (pair === null) return { compared: one, pvalue: null, decide: () => without(one) };
    return stepOf(pair, learnt[known.indexOf(pair)] as Natural);
  });
}

/** A step that both windows have values for. */
interface Pair {
  readonly compared: Compared;
  readonly old: Found;
  readonly now: Found;
  readonly spread: readonly [number, number];
  /** Where the reference stands on the scale on which changes are judged, and how far the value moved there. */
  readonly scale: Ground;
  readonly at: number;
  readonly movedBy: number;
}

function pairOf(compared: Compared): Pair | null {
  const { metric, series, sides } = compared;
  const { likeForLike: old, current: now, reference } = sides;
  const { moved, spread } = series;
  if (old === null || now === null || reference === null || spread === null || moved.length === 0) return null;
  if (series.noise !== null)
    return { compared, old, now, spread, scale: "length", at: old.value, movedBy: now.value - old.value };
  const at = standing(metric, old);
  return { compared, old, now, spread, scale: metric.scale, at, movedBy: standing(metric, now) - at };
}

function seriesOf({ compared, spread, old, now }: Pair): Noisy {
  const { series, n } = compared;
  const { moved, noise } = series;
  const buckets = n.length;
  const parts = Array.from({ length: moved.length / buckets }, (_, part) =>
    Float64Array.from(moved.slice(part * buckets, (part + 1) * buckets)),
  );
  if (noise === null)
    return { parts, noise: SCALAR, variance: variances(compared, spread[0], guarded(compared, spread, old, now)), n };
  const [shape, rate] = noise;
  return { parts, noise: { mean: 1, shape, rate }, variance: variances(compared, spread[0], Math.max(...spread)), n };
}

function stepOf({ compared, old, now, spread, scale, at, movedBy }: Pair, natural: Natural): Step {
  const { metric, mattersFrom: matters } = compared;
  const own = variances(compared, spread[0], spread[1]);
  const pvalue = natural.pvalue(scale === "length" ? natural.step : movedBy);
  const { back } = SCALES[scale];
  const change = now.value - old.value;
  const known = natural.caution >= FEW_PLACEBOS;
  const half = known ? natural.reach(INTERVAL, own) : 0;
  const [low, high] = known ? [back(at + movedBy - half) - old.value, back(at + movedBy + half) - old.value] : [0, 0];
  const decide = (level: number): Judgement => {
    const reach = natural.raising > 0 ? natural.reach(level) : null;
    const usual = reach === null ? null : ([back(at - reach), back(at + reach)] as const);
    const made = { change, at: old.value, pvalue, level, usual, natural, metric, matters, low, high };
    return {
      ...verdictOf(made),
      reference: windowOf(compared, "reference", natural, own),
      current: windowOf(compared, "current", natural, own),
      like_for_like: old.value,
      change,
      change_low: known ? low : null,
      change_high: known ? high : null,
      matters_from: matters,
      usual_low: usual && Math.min(usual[0], old.value),
      usual_high: usual && Math.max(usual[1], old.value),
      pvalue,
    };
  };
  return { compared, pvalue, decide };
}

/** Decides the steps of all rows, then those of segments; the levels and their reasons stand in `verdicts.py`. */
export function decideAll(
  whole: readonly Step[],
  parts: readonly Step[],
  alarmRate: number,
): [Judgement[], Judgement[]] {
  const level = levelOf(whole, parts.length > 0 ? (1 - ALONE) * alarmRate : alarmRate, holmThreshold);
  const decided = whole.map((step) => step.decide(level));
  const moved = decided.some(({ verdict }) => verdict === "dropped" || verdict === "improved");
  const their = levelOf(parts, moved ? alarmRate : ALONE * alarmRate, falseShareThreshold);
  return [decided, parts.map((step) => step.decide(their))];
}

function levelOf(steps: readonly Step[], rate: number, threshold: typeof holmThreshold): number {
  const pvalues = steps.flatMap(({ pvalue }) => (pvalue === null ? [] : [pvalue]));
  return pvalues.length > 0 ? threshold(pvalues, rate) : rate;
}

interface Decided {
  readonly metric: Metric;
  readonly natural: Natural;
  readonly change: number;
  readonly at: number;
  readonly pvalue: number;
  readonly level: number;
  readonly matters: number;
  readonly usual: readonly [number, number] | null;
  readonly low: number;
  readonly high: number;
}

function verdictOf(step: Decided): Pick<Judgement, "verdict" | "needs"> {
  const { natural, change, pvalue, level, matters, usual, low, high } = step;
  const unsure = (needs: string) => ({ verdict: "cannot_tell" as const, needs });
  if (!natural.covered) return unsure(NEEDS.season);
  if (natural.caution < FEW_PLACEBOS || usual === null) return unsure(NEEDS.longer);
  if (pvalue <= level && Math.abs(change) >= matters && (low > 0 || high < 0)) {
    if (natural.wandering) return unsure(NEEDS.longer);
    return { verdict: isBetter(step) ? "improved" : "dropped", needs: null };
  }
  if (worst(step) > LARGE * matters) return unsure(natural.betweenShare > 0.5 ? NEEDS.longer : NEEDS.rows);
  return { verdict: "stable", needs: null };
}

function isBetter({ metric, change, at }: Decided): boolean {
  const { greater_is_better: greater } = metric;
  return greater === null ? Math.abs(at + change) < Math.abs(at) : change > 0 === greater;
}

/** How much worse than the reference the metric may have become: the end of the change's interval. */
function worst({ metric, low, high }: Decided): number {
  const { greater_is_better: greater } = metric;
  return greater === null ? Math.max(-low, high) : greater ? -low : high;
}

function variances({ n, windows }: Compared, reference: number, current: number): Float64Array {
  const out = n.map((rows) => Math.max(reference, NOTHING) / Math.max(rows, 1));
  for (const d of windows.current) out[d] = Math.max(current, NOTHING) / Math.max(n[d] as number, 1);
  return out;
}

/** The variance of a current row if nothing happened: at least that of a reference row of equal support. */
function guarded({ n, windows }: Compared, [before, after]: readonly [number, number], old: Found, now: Found): number {
  const share = (found: Found, which: Int32Array) => Math.max(found.support, 1) / rowsIn(n, which);
  return Math.max(after, (before * share(old, windows.reference)) / share(now, windows.current));
}

/** A window with the interval of its long-run value. */
function windowOf(
  { metric, series, n, windows, sides }: Compared,
  name: "reference" | "current",
  natural: Natural | null,
  variance: Float64Array | null,
): WindowValue {
  const found = sides[name];
  const which = windows[name].filter((d) => (n[d] as number) > 0);
  const counted = {
    n_rows: rowsIn(series.n_rows, windows[name]),
    n_labelled: rowsIn(series.n_labelled, windows[name]),
  };
  if (found === null) return { value: null, low: null, high: null, ...counted };
  const half =
    natural !== null && variance !== null && natural.caution >= FEW_PLACEBOS
      ? natural.width(which, n, variance, INTERVAL)
      : alone(series, name, rowsIn(n, which));
  const isLength = series.noise !== null && natural !== null && natural.caution >= FEW_PLACEBOS;
  const { back } = SCALES[isLength ? "length" : metric.scale];
  const { value } = found;
  const at = isLength ? value : standing(metric, found);
  if (half === null) return { value, low: null, high: null, ...counted };
  return { value, low: Math.min(back(at - half), value), high: Math.max(back(at + half), value), ...counted };
}

/** What rows alone leave open on the scale. */
function alone({ spread }: Series, name: "reference" | "current", rows: number): number | null {
  return spread === null || rows <= 0 ? null : NORMAL * Math.sqrt(spread[name === "reference" ? 0 : 1] / rows);
}

function without(compared: Compared): Judgement {
  const { n, windows, sides } = compared;
  const lacking = (["reference", "current"] as const).flatMap((name) => {
    if (sides[name] !== null) return [];
    return [`${rowsIn(n, windows[name]) > 0 ? "more labelled rows" : "labels"} in the ${name} window`];
  });
  return {
    verdict: "cannot_tell",
    needs: lacking.length > 0 ? lacking.join(" and ") : NEEDS.rows,
    reference: windowOf(compared, "reference", null, null),
    current: windowOf(compared, "current", null, null),
    like_for_like: sides.likeForLike?.value ?? null,
    change: null,
    change_low: null,
    change_high: null,
    matters_from: null,
    usual_low: null,
    usual_high: null,
    pvalue: null,
  };
}

/** What rows alone leave open of a value that `rows` rows stand for, as a range in the metric's unit. */
export function rangeOf(metric: Metric, found: Found, variance: number): readonly [number, number] {
  const at = standing(metric, found);
  const half = NORMAL * Math.sqrt(variance);
  const { back } = SCALES[metric.scale];
  return [Math.min(back(at - half), found.value), Math.max(back(at + half), found.value)];
}
