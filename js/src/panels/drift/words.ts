// The sentences of a drift report, the same as in Python; one golden file holds both.

import type { Buckets, Verdict } from "../../contract/drift";
import { moment, share, short } from "./phrases";

/** What the sentences say of one column. */
export interface Said {
  readonly name: string;
  readonly verdict: Verdict;
  readonly effect: number | null;
  /** The measure that decides; it is the effect unless another was chosen. */
  readonly measured: number | null;
  readonly needs: string | null;
  readonly importance: number | null;
  readonly onsetMs: number | null;
  readonly cause: string | null;
}

/** What a column is ranked by. */
export const weight = (column: { effect: number | null; importance: number | null }) =>
  (column.effect ?? 0) * (column.importance ?? 1);

/** Whether a stable column moved more than matters, yet no more than it does by itself. */
export const isLargeButUsual = (verdict: Verdict, measured: number | null, minEffect: number) =>
  verdict === "stable" && measured !== null && measured >= minEffect;

const heaviestFirst = (columns: readonly Said[]) => [...columns].sort((a, b) => weight(b) - weight(a));
const columnsOf = (n: number) => (n === 1 ? "1 column" : `${n} columns`);

/** Returns the verdict in one sentence; `against` names a reference that nobody chose. */
export function sentence(columns: readonly Said[], buckets: Buckets, against: string | null): string {
  const tail = against === null ? "" : `, against ${against}`;
  const drifted = heaviestFirst(columns.filter((column) => column.verdict === "drifted"));
  const [first] = drifted;
  const said =
    first === undefined
      ? noneDrifted(columns, tail)
      : `${driftedSaid(first, drifted.length, columns.length, buckets)}${tail}.`;
  const [fault] = heaviestFirst(columns.filter((column) => column.cause && column.verdict !== "drifted"));
  return fault === undefined ? said : `${said} ${faultSaid(fault, buckets)}`;
}

function noneDrifted(columns: readonly Said[], tail: string): string {
  const n = columns.length;
  const unsure = columns.filter((column) => column.verdict === "cannot_tell").length;
  if (unsure === 0)
    return `${n === 1 ? "The one column is" : n === 2 ? "Both columns are" : `All ${n} columns are`} stable${tail}.`;
  if (unsure === n) return `Cannot tell whether ${columnsOf(unsure)} drifted${tail}.`;
  return `No column drifted; ${unsure} of ${n} cannot be told${tail}.`;
}

function driftedSaid(first: Said, drifted: number, all: number, buckets: Buckets): string {
  const since = first.onsetMs === null ? "" : `, since ${moment(first.onsetMs, buckets)}`;
  const why = first.cause ? ` (${brief(first.cause)})` : "";
  if (drifted === 1) return `1 of ${columnsOf(all)} drifted: ${short(first.name)}${since}${why}`;
  return `${drifted} of ${columnsOf(all)} drifted; ${short(first.name)} matters most${since}${why}`;
}

/** A fault stands out although its column's drift is not sure. */
function faultSaid(column: Said, buckets: Buckets): string {
  const since = column.onsetMs === null ? "" : ` since ${moment(column.onsetMs, buckets)}`;
  return `But ${short(column.name)} seems to have a fault${since}: ${brief(column.cause ?? "")}.`;
}

/** What happened, without its evidence, which follows the last colon: a category's name may hold others. */
function brief(cause: string): string {
  const evidence = cause.lastIndexOf(": ");
  return evidence < 0 ? cause : cause.slice(0, evidence);
}

export interface Level {
  readonly alarmRate: number;
  readonly minEffect: number;
}

/** Returns how sure the verdict is, in one line. */
export function evidence(columns: readonly Said[], buckets: Buckets, { alarmRate, minEffect }: Level): string {
  const level = `Chance of any false alarm here: at most ${share(alarmRate)}`;
  const timeless = buckets.every === null && buckets.starts_ms.length === 2;
  const parts = [timeless ? `${level}, taking rows as independent.` : `${level}.`];
  const unsure = columns.filter((column) => column.verdict === "cannot_tell");
  if (unsure.length > 0) {
    const wanted = mostCommon(unsure.flatMap(({ needs }) => (needs ? [needs] : [])));
    parts.push(`${unsure.length} cannot tell${wanted === undefined ? "" : `: ${wanted}`}.`);
  }
  const usual = columns.filter(({ verdict, measured }) => isLargeButUsual(verdict, measured, minEffect)).length;
  if (usual > 0) parts.push(`${usual} large but usual.`);
  return parts.join(" ");
}

/** The word named most often; of several, the one named first. */
function mostCommon(words: readonly string[]): string | undefined {
  const times = (word: string) => words.filter((other) => other === word).length;
  return [...new Set(words)].sort((a, b) => times(b) - times(a))[0];
}
