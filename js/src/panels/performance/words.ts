// The sentences of a performance report, the same as in Python; one golden file holds both.

import type { Judgement, Metric, Verdict } from "../../contract/performance";
import { number, share, short } from "../shared/phrases";
import { isPercent } from "./values";

const THIN = "\u202f";

export const MARK: Record<Verdict, string> = { dropped: "●", improved: "◆", stable: "○", cannot_tell: "◌" };
export const WORD: Record<Verdict, string> = {
  dropped: "dropped",
  improved: "improved",
  stable: "stable",
  cannot_tell: "cannot tell",
};
const SEVERITY: readonly Verdict[] = ["dropped", "improved", "stable", "cannot_tell"];

/** What the sentences say of one metric of all rows, or of a segment. */
export interface Said {
  readonly metric: Metric;
  readonly segment: string | null;
  readonly judgement: Judgement;
}

/** The verdict of the worst metric; `cannot_tell` only where none could be judged. */
export function overall(series: readonly Pick<Said, "judgement">[]): Verdict {
  const found = new Set(series.map(({ judgement }) => judgement.verdict));
  return SEVERITY.find((word) => found.has(word)) ?? "cannot_tell";
}

/** Returns the verdict in one sentence; `against` names a reference that nobody chose. */
export function sentence(series: readonly Said[], against: string | null): string {
  const tail = against === null ? "" : `, against ${against}`;
  const whole = series.filter(({ segment }) => segment === null);
  for (const verdict of ["dropped", "improved"] as const) {
    const found = series.filter(({ judgement }) => judgement.verdict === verdict).sort(heavier);
    if (found[0] !== undefined) return `${movedSaid(found[0])}${countSaid(found, whole.length, verdict)}${tail}.`;
  }
  const unsure = whole.filter(({ judgement }) => judgement.verdict === "cannot_tell").length;
  if (unsure === 0) return `${allSaid(whole.length)} stable${tail}.`;
  if (unsure === whole.length) return `Cannot tell whether performance changed${tail}.`;
  return `No metric changed; ${unsure} of ${whole.length} cannot be told${tail}.`;
}

/** Returns how sure the verdict is, in one line. */
export function evidence(series: readonly Said[], alarmRate: number, timeless: boolean): string {
  const rows = timeless ? ", taking rows as independent" : "";
  const parts = [
    series.some(({ segment }) => segment !== null)
      ? `Chance of any false alarm among all rows: at most ${share(0.8 * alarmRate)}${rows}; of segments said to have changed, at most ${share(alarmRate)} are false, on average.`
      : `Chance of any false alarm here: at most ${share(alarmRate)}${rows}.`,
  ];
  const unsure = series.filter(({ judgement }) => judgement.verdict === "cannot_tell");
  const needs = unsure.flatMap(({ judgement }) => (judgement.needs ? [judgement.needs] : []));
  if (unsure.length > 0) {
    const times = (word: string) => needs.filter((other) => other === word).length;
    const [wanted] = [...new Set(needs)].sort((a, b) => times(b) - times(a));
    parts.push(`${unsure.length} cannot tell${wanted === undefined ? "" : `: ${wanted}`}.`);
  }
  const usual = series.filter(({ judgement }) => isLargeButUsual(judgement)).length;
  if (usual > 0) parts.push(`${usual} large but usual.`);
  return parts.join(" ");
}

/** Whether a stable metric changed more than matters, yet no more than it does by itself. */
export const isLargeButUsual = ({ verdict, change, matters_from: matters }: Judgement) =>
  verdict === "stable" && change !== null && matters !== null && Math.abs(change) >= matters;

/** The verdict in words. */
export const wordOf = (judgement: Judgement) =>
  isLargeButUsual(judgement) ? "large but usual" : WORD[judgement.verdict];

const SHORT: Record<string, string> = {
  "a longer reference, or last year's period": "longer reference",
  "a reference that covers the same seasons": "same seasons",
  "more labelled rows": "more rows",
};

/** What a "cannot tell" lacks, in a word or two. */
export const lackOf = (needs: string) => SHORT[needs] ?? needs;

/** What puts one change before another: all rows first, then how many times it is what matters. */
const heavier = (a: Said, b: Said) =>
  Number(a.segment !== null) - Number(b.segment !== null) || weightOf(b) - weightOf(a);

/** How many times a change is what matters. */
export const weightOf = ({ judgement: { change, matters_from: matters } }: Said) =>
  matters ? Math.abs(change ?? 0) / matters : 0;

/** A value to three digits, as the panel has it. */
function said(metric: Metric, at: number): string {
  return isPercent(metric) ? `${figure(100 * at)}${THIN}%` : figure(at);
}

function figure(at: number): string {
  const size = Math.abs(at);
  if (size >= 1000 || size < 1e-3) return number(at);
  return at.toFixed(Math.max(0, 2 - Math.floor(Math.log10(size) + 1e-9)));
}

function movedSaid({ metric, segment, judgement }: Said): string {
  const [before, after] = [judgement.like_for_like ?? 0, judgement.current.value ?? 0];
  const where = segment === null ? "" : ` where ${short(segment)}`;
  const title = metric.title.charAt(0).toUpperCase() + metric.title.slice(1);
  const [from, to] = [said(metric, before), said(metric, after)];
  return `${title} ${after > before ? "rose" : "fell"} from ${from} to ${to}${where}`;
}

function countSaid(found: readonly Said[], whole: number, verdict: "dropped" | "improved"): string {
  const ofWhole = found.filter(({ segment }) => segment === null).length;
  const inSegments = found.length - ofWhole;
  const all = whole === 1 ? "1 metric" : `${whole} metrics`;
  const said = ofWhole > 0 ? `; ${ofWhole} of ${all} ${verdict === "dropped" ? "worse" : "better"}` : "";
  return inSegments > 0 ? `${said}; ${inSegments} in segments` : said;
}

const allSaid = (n: number) => (n === 1 ? "The one metric is" : n === 2 ? "Both metrics are" : `All ${n} metrics are`);
