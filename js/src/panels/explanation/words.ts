// What the panel says of parts.

import { number, rounded } from "../../charts/format";
import type { Holds, Mark, Part, Verdict } from "../../contract/explain";

export const MARK: Record<Mark, string> = { helps: "●", hurts: "●", like_placebo: "○", cannot_tell: "◌" };
export const WORD: Record<Mark, string> = {
  helps: "helps",
  hurts: "hurts",
  like_placebo: "like placebo",
  cannot_tell: "cannot tell",
};
/** The class that colours a part's mark, word and bar. */
export const TONE: Record<Mark, string> = {
  helps: "helps",
  hurts: "drifted",
  like_placebo: "stable",
  cannot_tell: "cannot_tell",
};
export const VERDICT: Record<Verdict, { readonly mark: string; readonly tone: string }> = {
  dropped: { mark: "●", tone: "drifted" },
  improved: { mark: "●", tone: "helps" },
  stable: { mark: "○", tone: "stable" },
  cannot_tell: { mark: "◌", tone: "cannot_tell" },
};
export const HOLDS: Record<Holds, string> = {
  not_refuted: "not refuted",
  refuted: "refuted",
  cannot_tell: "cannot be told",
};

/** "+0.15", "−0.02"; a dash where it is not known. */
export function signed(value: number | null): string {
  if (value === null) return "–";
  return value > 0 ? `+${number(value)}` : number(value);
}

/** Returns how changes are written beside each other: with as many decimals as the largest of them needs. */
export function printer(changes: readonly (number | null)[]): (value: number | null) => string {
  const largest = Math.max(1e-9, ...changes.map((one) => Math.abs(one ?? 0)));
  const step = 10 ** (Math.floor(Math.log10(largest)) - 2);
  return (value) => (value === null ? "–" : `${value > 0 ? "+" : ""}${rounded(value, step)}`);
}

interface Estimate {
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** "+0.15 [0.07, 0.24]". */
export function estimate({ change, low, high }: Estimate): string {
  if (change === null || low === null || high === null) return signed(change);
  return `${signed(change)} [${number(low)}, ${number(high)}]`;
}

/** "concept +0.05 [0.02, 0.08], hurts". */
export const partSaid = (part: Part) =>
  part.change === null
    ? `${part.title}: cannot tell; it needs ${part.needs ?? "more rows"}`
    : `${part.title} ${estimate(part)}, ${WORD[part.mark]}`;
