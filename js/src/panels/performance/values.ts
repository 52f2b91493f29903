// Values and changes of a metric as a reader wants them, by its unit.

import { number, rounded } from "../../charts/format";
import { roundStep } from "../../charts/scale";
import type { Judgement, Metric } from "../../contract/performance";

const THIN = "\u202f";
const BY_CUSTOM = new Set(["roc_auc", "average_precision", "f1"]); // between 0 and 1, and never said in per cent

export const isPercent = ({ unit, name }: Metric) => unit === "share" && !BY_CUSTOM.has(name);

/** Three significant digits, the last of them even if it is 0. */
function figure(at: number): string {
  const size = Math.abs(at);
  if (size >= 1000 || size < 1e-3) return number(at);
  return rounded(at, 10 ** (Math.floor(Math.log10(size) + 1e-9) - 2));
}

/** Returns a value: "72.4 %", "0.519", "1 250". */
export const value = (metric: Metric, at: number | null): string =>
  at === null ? "–" : isPercent(metric) ? `${figure(100 * at)}${THIN}%` : figure(at);

/** Returns a change with its sign; shares change by percentage points. */
export function change(metric: Metric, by: number | null): string {
  if (by === null) return "–";
  const size = isPercent(metric) ? 100 * Math.abs(by) : Math.abs(by);
  const sign = by === 0 ? "±" : by > 0 ? "+" : "−";
  return `${sign}${small(size)}${isPercent(metric) ? `${THIN}pp` : ""}`;
}

/** Two or three digits are enough of a change. */
const small = (size: number) =>
  size >= 10 || size < 1e-6 ? number(size) : rounded(size, 10 ** (Math.floor(Math.log10(size) + 1e-9) - 1));

/** Returns a mark of an axis, without zeros at its end. */
export const mark = (metric: Metric, at: number): string =>
  isPercent(metric) ? `${number(100 * at)}${THIN}%` : number(at);

/** Returns the ends of an interval to a hundredth or so of its width: "[0.50, 0.54]"; nothing where there is none. */
export function range(metric: Metric, low: number | null, high: number | null): string {
  if (low === null || high === null) return "";
  const factor = isPercent(metric) ? 100 : 1;
  const step = Math.max(roundStep(factor * (high - low), 12), factor * Math.max(Math.abs(low), Math.abs(high)) * 1e-3);
  return `[${rounded(factor * low, step)}, ${rounded(factor * high, step)}]`;
}

const UNITS: Record<Metric["unit"], string> = {
  share: "share, ",
  loss: "loss, ",
  target: "",
  money: "money, ",
  number: "",
};
const SHORT: Record<string, string> = { mae: "MAE", rmse: "RMSE", mape: "MAPE", mcc: "MCC" };

/** The name that fits into a list. */
export const nameOf = ({ name, title }: Metric) => SHORT[name] ?? title.replace("absolute error", "abs. error");

/** What a metric is counted in, and which way is better. */
export function kind({ unit, greater_is_better: greater }: Metric): string {
  return `${UNITS[unit]}${greater === null ? "nearer to 0" : greater ? "more" : "less"} is better`;
}

/** How much worse a value is after a change: below zero, better. */
export function harm({ greater_is_better: greater }: Metric, before: number | null, by: number | null): number | null {
  if (by === null) return null;
  if (greater === null) return Math.abs((before ?? 0) + by) - Math.abs(before ?? 0);
  return greater ? -by : by;
}

/** Both values with their intervals. */
export function intervals(metric: Metric, { reference, current }: Judgement): string {
  return (["reference", "current"] as const)
    .map((name) => {
      const one = name === "reference" ? reference : current;
      return `${name} ${value(metric, one.value)} ${range(metric, one.low, one.high)}`.trim();
    })
    .join(", ");
}
