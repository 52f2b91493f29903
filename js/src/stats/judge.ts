// Verdicts: significant by the null, family-wise over the whole report, and material.
import { type Cells, isTimeless, type Windows } from "./cells";
import { type Evidence, gather, type PartName } from "./evidence";
import { type Measures, measureOne } from "./measure";
import { benjaminiHochberg, holmThreshold } from "./multiplicity";
import { betweenShares, Null, pooledPosterior, stillWeights } from "./placebo";

export type Verdict = "drifted" | "stable" | "cannot_tell";
export type Needs = "values" | "season" | "longer_reference" | "more_rows";

const CAUTION = 0.6;
const BLIND = 0.2;
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
  /** Of each column. */
  readonly pvalues: readonly number[];
  readonly qvalues: readonly number[];
}

/** First pass: every column's evidence and p-value, and the level that holds for the whole report. */
export function learn(columns: readonly Cells[], windows: Windows, alarmRate: number): Learnt {
  const all = (["values", "absence"] as const).flatMap((name) => judgeParts(gather(columns, windows, name), windows));
  const parts = columns.map((_, column) => all.filter((part) => part.evidence.column === column));
  const pvalues = parts.map((found) => Math.min(1, found.length * Math.min(1, ...found.map((part) => part.pvalue))));
  return {
    columns,
    windows,
    parts,
    level: holmThreshold(
      all.map((part) => part.pvalue),
      alarmRate,
    ),
    pvalues: pvalues.map((p, column) => ((parts[column] as Part[]).length ? p : 1)),
    qvalues: benjaminiHochberg(pvalues.map((p, column) => ((parts[column] as Part[]).length ? p : 1))),
  };
}

function judgeParts(evidence: readonly Evidence[], windows: Windows): Part[] {
  const timeless = isTimeless(windows);
  const weights = timeless ? evidence.map(stillWeights) : pooledPosterior(evidence.map((found) => found.logLikelihood));
  return evidence.map((found, i) => {
    const own = weights[i] as Float64Array;
    const law = new Null(own, found.sampling, found.between, found.noise);
    const raising = found.caution * (timeless ? 1 : CAUTION);
    const raw = law.exceed(found.effect ** 2 * found.unit);
    return { evidence: found, weights: own, null: law, raising, pvalue: raising > 0 ? Math.min(raw / raising, 1) : 1 };
  });
}

/** The effect that natural variation exceeds with `chance`, at most 1. */
export function effectAt(law: Null, chance: number, unit: number): number {
  const reachable = Math.min(Math.max(chance, 1e-300), 1 - 1e-9);
  return Math.min(Math.sqrt(law.quantile(reachable) / unit), 1);
}

function partEffectAt({ null: law, raising, evidence }: Part, chance: number): number {
  return effectAt(law, chance * raising, evidence.unit);
}

interface Candidate {
  readonly part: Part;
  readonly verdict: Verdict;
  readonly needs: Needs | null;
  readonly natural: number;
}

function candidate(part: Part, level: number, minEffect: number): Candidate {
  const natural = partEffectAt(part, level);
  return { part, natural, ...decision(part, level, minEffect, natural) };
}

function decision(
  { evidence, weights, pvalue }: Part,
  level: number,
  minEffect: number,
  natural: number,
): { verdict: Verdict; needs: Needs | null } {
  const shares = betweenShares(weights, evidence.sampling, evidence.between);
  if (!evidence.covered) return { verdict: "cannot_tell", needs: "season" };
  if (shares.unitRoot > 0.5) return { verdict: "cannot_tell", needs: "longer_reference" };
  if (pvalue <= level && evidence.effect >= minEffect) return { verdict: "drifted", needs: null };
  if (natural > BLIND && evidence.effect <= natural) {
    return {
      verdict: "cannot_tell",
      needs: shares.all > 0.5 || evidence.caution < 0.5 ? "longer_reference" : "more_rows",
    };
  }
  return { verdict: "stable", needs: null };
}

const RANK: Record<Verdict, number> = { drifted: 2, cannot_tell: 1, stable: 0 };

function foremost(found: readonly Candidate[]): Candidate | undefined {
  let first = found[0];
  for (const other of found.slice(1)) {
    const better = RANK[other.verdict] - RANK[(first as Candidate).verdict];
    if (better > 0 || (better === 0 && other.part.evidence.effect > (first as Candidate).part.evidence.effect)) {
      first = other;
    }
  }
  return first;
}

/** Second pass: one column's decision. */
export function decide(learnt: Learnt, column: number, minEffect: number): Judged {
  const measures = measureOne(learnt.columns[column] as Cells, learnt.windows);
  const found = (learnt.parts[column] as Part[]).map((part) => candidate(part, learnt.level, minEffect));
  const first = foremost(found);
  if (!first) return nothingToJudge(measures);
  const { effect } = first.part.evidence;
  const within = partEffectAt(first.part, INTERVAL);
  return {
    ...measures,
    verdict: first.verdict,
    needs: first.needs,
    largeButUsual: first.verdict === "stable" && effect >= minEffect,
    part: first.part.evidence.part,
    effect,
    low: Math.max(effect - within, 0),
    high: Math.min(effect + within, 1),
    natural: first.natural,
    pvalue: learnt.pvalues[column] as number,
    qvalue: learnt.qvalues[column] as number,
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
