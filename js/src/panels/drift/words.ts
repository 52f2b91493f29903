// The words of a drift report, the same as in Python; both are held to one golden file.

import { local } from "../../charts/calendar";
import type { Buckets, Verdict } from "../../contract/drift";

const THIN = "\u202f";
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const LONGEST_NAME = 40;

export const MARK: Record<Verdict, string> = { drifted: "●", stable: "○", cannot_tell: "◌" };
export const WORD: Record<Verdict, string> = { drifted: "drifted", stable: "stable", cannot_tell: "cannot tell" };

/** What the sentence says of one column. */
export interface Said {
  readonly name: string;
  readonly verdict: Verdict;
  readonly effect: number | null;
  readonly needs: string | null;
  readonly importance: number | null;
  readonly onsetMs: number | null;
}

/** Returns three significant digits, thousands apart. */
export function number(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? "0" : "unknown";
  if (Math.abs(value) >= 1000) return String(evenly(value)).replace(/\B(?=(\d{3})+$)/g, THIN);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(digits);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Rounds as Python does: a half goes to the even neighbour. */
function evenly(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Returns a share as a percentage; one that is not zero never reads as zero. */
export function share(value: number): string {
  const percent = 100 * value;
  if (percent > 0 && percent < 0.05) return `<0.1${THIN}%`;
  const text = percent < 10 ? percent.toFixed(1) : String(evenly(percent));
  return `${text.replace(/\.0$/, "")}${THIN}%`;
}

/** Returns a time as the buckets have it: "12 July", with the hour below a day, the year where there are several. */
export function moment(ms: number, buckets: Buckets): string {
  const { zone, starts_ms, ends_ms, every } = buckets;
  const at = local(ms, zone);
  const several = local(starts_ms[0] ?? 0, zone).year !== local((ends_ms.at(-1) ?? 1) - 1, zone).year;
  const day = `${at.day} ${MONTHS[at.month]}${several ? ` ${at.year}` : ""}`;
  const below = every !== null && /[hms]$/.test(every);
  return below ? `${day}, ${String(at.hour).padStart(2, "0")}:${String(at.minute).padStart(2, "0")}` : day;
}

/** Returns a name on one line, cut in the middle when it is long. */
export function short(name: string): string {
  const line = [...name.trim().split(/\s+/).join(" ")];
  if (line.length <= LONGEST_NAME) return line.join("");
  const keep = Math.floor((LONGEST_NAME - 1) / 2);
  return `${line.slice(0, keep).join("")}…${line.slice(line.length - keep).join("")}`;
}

/** What a column is ranked by. */
export const weight = (column: { effect: number | null; importance: number | null }) =>
  (column.effect ?? 0) * (column.importance ?? 1);

const heaviestFirst = (columns: readonly Said[]) => [...columns].sort((a, b) => weight(b) - weight(a));
const columnsOf = (n: number) => (n === 1 ? "1 column" : `${n} columns`);

/** Returns the verdict in one sentence. */
export function sentence(columns: readonly Said[], buckets: Buckets, tail: string): string {
  const drifted = heaviestFirst(columns.filter((column) => column.verdict === "drifted"));
  const [first] = drifted;
  if (first !== undefined) return `${driftedWords(first, drifted.length, columns.length, buckets)}${tail}.`;
  const unsure = columns.filter((column) => column.verdict === "cannot_tell").length;
  if (unsure === 0) {
    return columns.length === 1 ? `The one column is stable${tail}.` : `All ${columns.length} columns are stable${tail}.`;
  }
  if (unsure === columns.length) return `Cannot tell whether ${columnsOf(unsure)} drifted${tail}.`;
  return `No column drifted; ${unsure} of ${columns.length} cannot be told${tail}.`;
}

function driftedWords(first: Said, drifted: number, all: number, buckets: Buckets): string {
  const since = first.onsetMs === null ? "" : `, since ${moment(first.onsetMs, buckets)}`;
  if (drifted === 1) return `1 of ${columnsOf(all)} drifted: ${short(first.name)}${since}`;
  return `${drifted} of ${columnsOf(all)} drifted; ${short(first.name)} matters most${since}`;
}

/** Returns how sure the verdict is, in one line. */
export function evidence(columns: readonly Said[], options: { timeless: boolean; alarmRate: number; minEffect: number }): string {
  const level = `Chance of any false alarm here: at most ${share(options.alarmRate)}`;
  const parts = [options.timeless ? `${level}, taking rows as independent.` : `${level}.`];
  const unsure = columns.filter((column) => column.verdict === "cannot_tell");
  if (unsure.length > 0) {
    const wanted = mostCommon(unsure.map((column) => column.needs).filter((need) => need !== null));
    parts.push(`${unsure.length} cannot tell${wanted === null ? "" : `: ${wanted}`}.`);
  }
  const usual = columns.filter((column) => isLargeButUsual(column, options.minEffect)).length;
  if (usual > 0) parts.push(`${usual} large but usual.`);
  return parts.join(" ");
}

/** Whether a stable column moved more than matters, yet no more than it does by itself. */
export const isLargeButUsual = (column: { verdict: Verdict; effect: number | null }, minEffect: number) =>
  column.verdict === "stable" && column.effect !== null && column.effect >= minEffect;

function mostCommon(words: readonly string[]): string | null {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  let best: string | null = null;
  for (const [word, n] of times) if (best === null || n > (times.get(best) ?? 0)) best = word;
  return best;
}
