// What the panel says of parts, columns and slices.

import { number, rounded, share } from "../../charts/format";
import type {
  Accounting,
  ExplanationPayload,
  Holds,
  Mark,
  Part,
  SlicePart,
  Test,
  Verdict,
} from "../../contract/explain";

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

/** What an accounting would have to pass. */
const TESTED: Record<Accounting["name"], Test["name"]> = {
  features_first: "features_explain_answers",
  label_first: "label_explains_scores",
};

/** How an accounting stands: the word on its head, and what was tested. */
export function standing({ favoured, tests }: ExplanationPayload, { name }: Accounting) {
  const test = tests.find((one) => one.name === TESTED[name]);
  const chance = test === undefined || test.pvalue === null ? "" : ` (p ${number(test.pvalue)})`;
  const tested = test === undefined ? "" : `${test.words}: ${HOLDS[test.holds]}${chance}`;
  if (favoured === name) return { word: "favoured by the evidence", favoured: true, tested };
  return { word: test === undefined ? "" : HOLDS[test.holds], favoured: false, tested };
}

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

/** How sure a share of the covariate part is: whether chance alone can give it. */
export function surely({ low, high }: Pick<Estimate, "low" | "high">): Mark {
  if (low === null || high === null) return "cannot_tell";
  return low > 0 ? "hurts" : high < 0 ? "helps" : "like_placebo";
}

/** The tone of a whisker. */
export const toned = (one: Pick<Estimate, "low" | "high">) =>
  (({ hurts: "alarm", helps: "good", like_placebo: "quiet", cannot_tell: "quiet" }) as const)[surely(one)];

/** "concept +0.05 [0.02, 0.08] hurts; between quiet stretches it is −0.03 to 0.03". */
export function partSaid(part: Part): string {
  if (part.change === null) return `${part.title}: cannot tell; it needs ${part.needs ?? "more rows"}`;
  const { placebo_low: least, placebo_high: most } = part;
  const usual = least === null || most === null ? "" : `; between quiet stretches ${number(least)} to ${number(most)}`;
  return `${part.title} ${estimate(part)}: ${WORD[part.mark]}${usual}`;
}

/** "68 % of the change", "three times the change" is not said: a share only where it is one. */
export function partOf(change: number, total: number | null): string | null {
  const part = total === null || total === 0 ? 0 : change / total;
  return part > 0.005 && part <= 1.005 ? `${share(Math.min(1, part))} of the change` : null;
}

/** Shares and losses of a slice: "8 % of flights, were 3 %; log loss 0.61, was 0.6". */
export function sliceSaid(one: SlicePart, { noun, loss_words: loss }: ExplanationPayload): string {
  const said = [`${share(one.share_current)} of ${noun}, were ${share(one.share_reference)}`];
  const [then, now] = [one.loss_reference, one.loss_current];
  if (now !== null) said.push(`${loss} ${number(now)}${then === null ? "" : `, was ${number(then)}`}`);
  return said.join("; ");
}
