// The words of a drift report, the same as in Python; one golden file holds both.

import type { Verdict } from "../../contract/drift";
import type { Needs } from "../../stats/index";

export { moment, number, share, short, span } from "../shared/phrases";

export const MARK: Record<Verdict, string> = { drifted: "●", stable: "○", cannot_tell: "◌" };
export const WORD: Record<Verdict, string> = { drifted: "drifted", stable: "stable", cannot_tell: "cannot tell" };
export const NEEDS: Record<Needs, string> = {
  values: "values on both sides",
  season: "a reference that covers the same seasons",
  longer_reference: "a longer reference, or last year's period",
  more_rows: "more rows",
};
