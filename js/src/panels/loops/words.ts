// What the panel says of loops.

import { day, span } from "../../charts/calendar";
import { number, rounded, share } from "../../charts/format";
import type { Concentration, Estimate, Kind, KindVerdict, Level, LoopPayload, Verdict } from "../../contract/loops";

export const VERDICT: Record<Verdict, { readonly mark: string; readonly tone: string }> = {
  loop: { mark: "●", tone: "drifted" },
  no_evidence: { mark: "○", tone: "stable" },
  not_identified: { mark: "◌", tone: "cannot_tell" },
};

export const KIND: Record<KindVerdict, { readonly mark: string; readonly tone: string; readonly word: string }> = {
  found: { mark: "●", tone: "drifted", word: "found" },
  not_found: { mark: "○", tone: "stable", word: "not found" },
  cannot_tell: { mark: "◌", tone: "cannot_tell", word: "cannot tell" },
  not_logged: { mark: "–", tone: "stable", word: "not logged" },
};

export const LEVEL: Record<Level, string> = {
  L0: "logs only",
  L1: "propensities logged",
  L2: "randomised on purpose",
};

/** "0.62", "0.60": gains stand beside each other with two decimals. */
export const gainSaid = (gain: number) => rounded(gain, 0.01);

/** "14.7 %": a rate with three digits. */
export const rate = (value: number) => `${number(100 * value)}\u202f%`;

/** "0.32–0.38", "11.3–11.4 bits": a unit in letters is told once. */
export function range(low: number, high: number, print: (value: number) => string): string {
  return `${print(low).replace(/ bits$/, "")}–${print(high)}`;
}

/** "× 2.4". */
export const times = (ratio: number) =>
  `×\u202f${Number(ratio.toPrecision(2)) >= 10 ? number(ratio) : ratio.toPrecision(2)}`;

/** "0.62 [0.48, 0.75]"; an end without bound is an open one; a dash where nothing is known. */
export function estimate({ value, low, high }: Estimate, print: (value: number) => string = number): string {
  if (low === null && high === null) return value === null ? "–" : print(value);
  const said = value === null ? "" : `${print(value)} `;
  return `${said}[${low === null ? "−∞" : print(low)}, ${high === null ? "∞" : print(high)}]`;
}

/** How a measure of concentration is printed. */
export function printer({ name, unit }: Pick<Concentration, "name" | "unit">): (value: number) => string {
  if (unit === "bits") return (value) => `${rounded(value, 0.01)} bits`;
  if (unit === "number") return number;
  return name === "gini" ? gainSaid : share;
}

/** Two decimals below one, as gains and shares have them; three digits from there. */
const brief = (value: number) => (Math.abs(value) < 1 ? rounded(value, 0.01) : number(value));

/** A kind's estimate in a few letters: "0.62 [0.48, 0.75] loop gain": what is cut, if anything, is the words. */
export function kindSaid({ statistic, estimate: one, needs, verdict }: Kind): string {
  if (verdict === "cannot_tell" || verdict === "not_logged") return needs === null ? "–" : `needs ${needs}`;
  const whole = statistic.replaceAll(" − ", "\u00a0−\u00a0"); // a line does not end in a minus
  return one.value === null ? whole : `${estimate(one, brief)} ${whole}`;
}

/** A period by its days: "6–12 Jul". */
export function dates({ periods }: Pick<LoopPayload, "periods">, period: number): string {
  const [start, end] = [periods?.starts_ms[period], periods?.ends_ms[period]];
  return periods === null || start === undefined || end === undefined ? "" : span(start, end, periods.zone);
}

/** "week of 6 Jul", "6 Jul": a period in a sentence. */
export function when(payload: Pick<LoopPayload, "periods">, period: number): string {
  const { periods } = payload;
  if (periods === null) return "";
  const start = day(periods.starts_ms[period] ?? 0, periods.zone);
  return /^(week|month)$/.test(periods.noun) ? `${periods.noun} of ${start}` : dates(payload, period);
}

/** "week", "weeks". */
export const many = (noun: string, n: number) => (n === 1 ? noun : `${noun}s`);

/** What is fed back, without its window: "clicks". */
export const fed = ({ feedback }: Pick<LoopPayload, "feedback">) => feedback.split(" ")[0] || "feedback";

/** "most", "2", …: the name of a tenth. */
export const tenthName = (place: number, n: number) =>
  place === 0 ? "1 most" : place === n - 1 ? `${n} least` : String(place + 1);
