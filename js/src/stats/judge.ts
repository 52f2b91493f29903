// Verdicts: significant by the null, family-wise over the whole report, and material.
import type { Cells, Windows } from "./cells";
import { type Evidence, gather, type PartName } from "./evidence";
import { type Measures, measureOne } from "./measure";
import { benjaminiHochberg, holmThreshold } from "./multiplicity";
import { betweenShares, Null, pooledPosterior, stillWeights } from "./placebo";

export type Verdict = "drifted" | "stable" | "cannot_tell";
export type Needs = "values" | "season" | "longer_reference" | "more_rows";

const CAUTION = 0.6;
const LARGE = 0.2; // half a standard deviation: an effect above it is never called usual
const FEW_PLACEBOS = 0.25;
const INTERVAL = 0.05;

/** One column's decision, and every number that it rests on. */
export interface Judged extends Measures {
  readonly verdict: Verdict;
  /** What a "cannot tell" lacks. */
  readonly needs: Needs | null;
  readonly largeButUsual: boolean;
  /** What decided: the values, or the share of rows without one. */
  readonly part: PartName;
  /** Holds the true effect in at least 95 % of cases. */
  readonly low: number | null;
  readonly high: number | null;
  /** The effect that natural variation alone reaches at the report's alarm rate. */
  readonly natural: number | null;
  readonly pvalue: number | null;
  readonly qvalue: number | null;
}

export interface Options {
  readonly alarmRate: number;
  readonly minEffect: number;
  /** Decide these columns only; the others still count in the report's level. */
  readonly only?: readonly number[];
}

/** One part of one column, with the null of its step. */
export interface Part {
  readonly evidence: Evidence;
  readonly weights: Float64Array;
  readonly null: Null;
  readonly raising: number;
  readonly pvalue: number;
}

/** What the report as a whole knows before any column is decided: the first of the two passes. */
export interface Learnt {
  readonly columns: readonly Cells[];
  readonly windows: Windows;
  readonly parts: readonly (readonly Part[])[];
  /** The p-value at and below which a part is significant. */
  readonly level: number;
}

/** First pass: every column's evidence and p-value, and the level that holds for the whole report. */
export function learn(columns: readonly Cells[], windows: Windows, alarmRate: number): Learnt {
  const learning = learnInSteps(columns, windows, alarmRate);
  let step = learning.next();
  while (!step.done) step = learning.next();
  return step.value;
}

/** The first pass in steps of a column each, for a page that draws in between. */
export function* learnInSteps(
  columns: readonly Cells[],
  windows: Windows,
  alarmRate: number,
): Generator<undefined, Learnt> {
  const parts = columns.map((): Part[] => []);
  const pvalues: number[] = [];
  for (const name of ["values", "absence"] as const) {
    const evidence: Evidence[] = [];
    for (const found of gather(columns, windows, name)) {
      evidence.push(found);
      yield undefined;
    }
    for (const part of judgeParts(evidence, windows)) {
      parts[part.evidence.column]?.push(part);
      pvalues.push(part.pvalue);
      yield undefined;
    }
  }
  return { columns, windows, parts, level: holmThreshold(pvalues, alarmRate) };
}

function* judgeParts(evidence: readonly Evidence[], windows: Windows): Generator<Part> {
  const { timeless } = windows;
  const weights = timeless ? evidence.map(stillWeights) : pooledPosterior(evidence.map((found) => found.logLikelihood));
  for (const [i, found] of evidence.entries()) {
    const own = weights[i] as Float64Array;
    const law = new Null(own, found.sampling, found.between, found.noise);
    const raising = found.caution * (timeless ? 1 : CAUTION);
    const raw = law.exceed(found.effect ** 2 * found.unit);
    yield { evidence: found, weights: own, null: law, raising, pvalue: raising > 0 ? Math.min(raw / raising, 1) : 1 };
  }
}

/** The effect that natural variation exceeds with `chance`, at most 1. */
export function effectAt(law: Null, chance: number, unit: number): number {
  const reachable = Math.min(Math.max(chance, 1e-300), 1 - 1e-9);
  return Math.min(Math.sqrt(law.quantile(reachable) / unit), 1);
}

function partEffectAt({ null: law, raising, evidence }: Part, chance: number): number {
  return effectAt(law, chance * raising, evidence.unit);
}

function isAlarm(part: Part, level: number, minEffect: number): boolean {
  return part.pvalue <= level && part.evidence.effect >= minEffect;
}

function decision(
  part: Part,
  level: number,
  minEffect: number,
  natural: number,
): { verdict: Verdict; needs: Needs | null } {
  const { evidence, weights } = part;
  if (!evidence.covered) return { verdict: "cannot_tell", needs: "season" };
  if (evidence.effect < minEffect) return { verdict: "stable", needs: null };
  const shares = betweenShares(weights, evidence.sampling, evidence.between);
  if (isAlarm(part, level, minEffect)) {
    if (shares.unitRoot > 0.5) return { verdict: "cannot_tell", needs: "longer_reference" };
    return { verdict: "drifted", needs: null };
  }
  if (evidence.caution < FEW_PLACEBOS) return { verdict: "cannot_tell", needs: "longer_reference" };
  const restless = shares.all > 0.5;
  if ((restless ? evidence.effect : natural) <= LARGE) return { verdict: "stable", needs: null };
  return { verdict: "cannot_tell", needs: restless ? "longer_reference" : "more_rows" };
}

/** The part of a column that speaks for it: one in alarm first, then the one with the larger effect. */
function foremost(found: readonly Part[], level: number, minEffect: number): Part | undefined {
  let first = found[0];
  for (const other of found.slice(1)) {
    const better = Number(isAlarm(other, level, minEffect)) - Number(isAlarm(first as Part, level, minEffect));
    if (better > 0 || (better === 0 && other.evidence.effect > (first as Part).evidence.effect)) first = other;
  }
  return first;
}

/** Every column's p- and q-value. */
interface Chances {
  readonly minEffect: number;
  readonly pvalues: readonly number[];
  readonly qvalues: readonly number[];
}

const known = new WeakMap<Learnt, Chances>();

/** Makes them once for all columns that are decided. */
function chances(learnt: Learnt, minEffect: number): Chances {
  const before = known.get(learnt);
  if (before?.minEffect === minEffect) return before;
  const { parts, level } = learnt;
  const pvalues = parts.map((found) =>
    found.length ? Math.min(1, found.length * (foremost(found, level, minEffect) as Part).pvalue) : 1,
  );
  const now = { minEffect, pvalues, qvalues: benjaminiHochberg(pvalues) };
  known.set(learnt, now);
  return now;
}

/** Second pass: one column's decision. */
export function decide(learnt: Learnt, column: number, minEffect: number): Judged {
  const measures = measureOne(learnt.columns[column] as Cells, learnt.windows);
  const first = foremost(learnt.parts[column] as Part[], learnt.level, minEffect);
  if (!first) return nothingToJudge(measures);
  const { effect } = first.evidence;
  const natural = partEffectAt(first, learnt.level);
  const within = partEffectAt(first, INTERVAL) * first.evidence.widening;
  const { verdict, needs } = decision(first, learnt.level, minEffect, natural);
  const { pvalues, qvalues } = chances(learnt, minEffect);
  return {
    ...measures,
    verdict,
    needs,
    largeButUsual: verdict === "stable" && effect >= minEffect,
    part: first.evidence.part,
    effect,
    low: Math.max(effect - within, 0),
    high: Math.min(effect + within, 1),
    natural,
    pvalue: pvalues[column] as number,
    qvalue: qvalues[column] as number,
  };
}

function nothingToJudge(measures: Measures): Judged {
  const none = { effect: null, low: null, high: null, natural: null, pvalue: null, qvalue: null };
  return { ...measures, ...none, verdict: "cannot_tell", needs: "values", largeButUsual: false, part: "values" };
}

/** The verdict on every column, or on `only` some; the chance of any false "drifted" is at most `alarmRate`. */
export function judge(columns: readonly Cells[], windows: Windows, options: Options): Judged[] {
  const learnt = learn(columns, windows, options.alarmRate);
  const wanted = options.only ?? columns.map((_, column) => column);
  return wanted.map((column) => decide(learnt, column, options.minEffect));
}
