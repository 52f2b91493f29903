// What the panel says of slices and groups.

import { count, number, rounded, share } from "../../charts/format";
import type { EdgeCasePayload, Estimate, GroupName, Slice, SliceVerdict, Verdict } from "../../contract/edges";
import { moment } from "../shared/phrases";
import type { Model } from "./model";

export const MARK: Record<SliceVerdict, string> = { confirmed: "●", not_confirmed: "○", cannot_tell: "◌" };
export const WORD: Record<SliceVerdict, string> = {
  confirmed: "confirmed",
  not_confirmed: "not confirmed",
  cannot_tell: "too few",
};
/** The class that colours a slice's mark and word. */
export const TONE: Record<SliceVerdict, string> = {
  confirmed: "drifted",
  not_confirmed: "stable",
  cannot_tell: "cannot_tell",
};
export const VERDICT: Record<Verdict, { readonly mark: string; readonly tone: string }> = {
  edge_cases: { mark: "●", tone: "drifted" },
  none_found: { mark: "○", tone: "stable" },
  cannot_tell: { mark: "◌", tone: "cannot_tell" },
};
export const TITLE: Record<GroupName, string> = {
  routine: "routine",
  outlier: "outlier, handled well",
  edge_case: "edge case",
  both: "outlier and edge case",
};

export const isBad = (group: GroupName) => group === "edge_case" || group === "both";

/** "+0.15", "−0.02"; a dash where it is not known. */
export function signed(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return value > 0 ? `+${number(value)}` : number(value);
}

/** "+0.15 [0.07, 0.24]". */
export function estimate(one: Estimate | null, print: (value: number) => string = signed): string {
  if (one === null || one.value === null) return "–";
  const { low, high } = one;
  return low === null || high === null ? print(one.value) : `${print(one.value)} [${number(low)}, ${number(high)}]`;
}

/** What the effects are. */
export const effectWords = ({ worse_than: than }: Pick<EdgeCasePayload, "worse_than">) =>
  than === "promise" ? "above promise, more than elsewhere" : "above elsewhere";

/** A slice's conditions, each as short as it can be told: "carrier MQ", "hour 15–17". */
export const namesOf = ({ conditions }: Slice): readonly string[] =>
  conditions.map(({ column, words }) => {
    const is = `${column} is `;
    return words.startsWith(is) ? `${column} ${words.slice(is.length)}` : words;
  });

/** Since when a slice is worse, where that is known. */
export function sinceSaid({ worse_since_ms: since }: Slice, { buckets }: EdgeCasePayload): string | null {
  return since === null ? null : `worse since ${moment(since, buckets)}`;
}

/** "Log loss 0.845 against 0.692 elsewhere; 3.8 % of all loss is what it has in excess." */
export function sliceSaid(slice: Slice, model: Model): string {
  const { payload } = model;
  if (!model.isMeasured) return movedSaid(slice, model);
  if (slice.verdict === "cannot_tell" && slice.needs !== null) return `To tell it needs ${slice.needs}.`;
  const { words, sentence: said, effect, before, explained_share: explained } = slice;
  const parts = [said.startsWith(`${words}: `) ? said.slice(words.length + 2) : said];
  parts.push(`${estimate(effect)} ${effectWords(payload)}`);
  if (before !== null && before.value !== null) parts.push(`in the reference ${signed(before.value)}`);
  if (explained !== null && explained > 0) parts.push(`explains ${share(explained)} of all loss`);
  const since = sinceSaid(slice, payload);
  return [...parts, ...(since === null ? [] : [since])].join("; ");
}

/** The same in other windows than the measured ones: what can be counted, and where the rest holds. */
function movedSaid(slice: Slice, model: Model): string {
  const { n, ...effect } = model.effectOf(slice);
  const before = model.beforeOf(slice);
  const parts = [
    effect.value === null
      ? `${count(n)} ${model.payload.noun} in this window: too few`
      : `${estimate(effect)} ${effectWords(model.payload)} on ${count(n)} ${model.payload.noun}`,
  ];
  if (before !== null) parts.push(`in the reference ${signed(before)}`);
  return `${parts.join("; ")}; ${WORD[slice.verdict]} in ${model.measured}`;
}

/** Python's own words for the windows that it measured; else what can be counted in those shown. */
export function headline(model: Model) {
  const { payload } = model;
  if (model.isMeasured) return { ...VERDICT[payload.verdict], sentence: payload.sentence, evidence: payload.evidence };
  const [now, then] = [model.lossOf("current").value, model.lossOf("reference").value];
  const loss = `${payload.loss_words.charAt(0).toUpperCase()}${payload.loss_words.slice(1)}`;
  const is = now === null ? `${loss} of this window is not known` : `${loss} of this window is ${number(now)}`;
  const was = then === null ? "" : `, in the reference ${number(then)}`;
  const n = payload.slices.length;
  const sought = n === 0 ? "no slice was found" : `the ${n === 1 ? "slice was" : `${n} slices were`} found`;
  return {
    ...VERDICT.cannot_tell,
    sentence: `${is}${was}; ${sought} in ${model.measured}.`,
    evidence: `Counted in this page, without intervals: what is confirmed is so in ${model.measured} alone. To search these windows, copy their call from the menu.`,
  };
}

/** The groups in a sentence, the same as in Python, with what they are compared with. */
export function groupsSaid(model: Model): string {
  const { tally, beside, payload, slice } = model;
  const edge = tally.groups.edge_case;
  const bad = tally.sum("edge_case", "both");
  if (bad.n === 0 || bad.share === null) return `No ${payload.noun} are edge cases.`;
  const other = beside?.sum("edge_case", "both").share ?? null;
  const than = other === null ? "" : ` (${slice === null ? "reference" : "all"} ${share(other)})`;
  const carried = bad.lossShare === null ? "" : `; they carry ${share(bad.lossShare)} of the loss`;
  const ordinary = `${share(edge.n / bad.n)} of them look ordinary: an outlier alarm would miss those.`;
  return `${share(bad.share)} of ${slice === null ? "" : "these "}${payload.noun} are edge cases${than}${carried}. ${ordinary}`;
}

/** A loss with as many decimals as those near the threshold need: "0.97", "1.00". */
export function lossSaid(loss: number, { bad_from: bad }: Pick<EdgeCasePayload, "bad_from">): string {
  return rounded(loss, 10 ** (Math.floor(Math.log10(bad > 0 ? bad : 1)) - 1));
}

/** "odder than 99 % of the reference". */
export const oddSaid = (odd: number) => `odder than ${oddShare(odd)} of the reference`;

/** A share near 1 with the digits that tell it from 1: 90 %, 99.2 %, 99.97 %. */
export function oddShare(odd: number): string {
  const digits = odd <= 0 ? 0 : Math.ceil(-Math.log10(1 - odd) - 2 - 1e-9);
  return `${(100 * odd).toFixed(Math.max(0, Math.min(6, digits)))}\u202f%`;
}
