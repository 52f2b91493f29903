// Values and changes of a metric as a reader wants them, by its unit.

import { number, rounded } from "../../charts/format";
import { roundStep } from "../../charts/scale";
import type { Judgement, Metric } from "../../contract/performance";

const THIN = "\u202f";
const BY_CUSTOM = new Set(["roc_auc", "average_precision", "f1"]); // between 0 and 1, and never said in per cent

const isPercent = ({ unit, name }: Metric) => unit === "share" && !BY_CUSTOM.has(name);

/** Returns a value: "72.4 %", "0.519", "1 250". */
export const value = (metric: Metric, at: number | null): string =>
  at === null ? "–" : isPercent(metric) ? `${number(100 * at)}${THIN}%` : number(at);

/** Returns a change with its sign; shares change by percentage points. */
export function change(metric: Metric, by: number | null): string {
  if (by === null) return "–";
  const size = isPercent(metric) ? 100 * Math.abs(by) : Math.abs(by);
  const sign = by === 0 ? "±" : by > 0 ? "+" : "−";
  return `${sign}${number(size)}${isPercent(metric) ? `${THIN}pp` : ""}`;
}

/** Returns a mark of an axis whose marks lie `step` apart. */
export const mark = (metric: Metric, at: number, step: number): string =>
  isPercent(metric) ? `${rounded(100 * at, 100 * step)}${THIN}%` : rounded(at, step);

/** Returns the ends of an interval to a hundredth or so of its width: "[0.50, 0.54]"; nothing where there is none. */
export function range(metric: Metric, low: number | null, high: number | null): string {
  if (low === null || high === null) return "";
  const factor = isPercent(metric) ? 100 : 1;
  const step = Math.max(roundStep(factor * (high - low), 25), factor * Math.max(Math.abs(low), Math.abs(high)) * 1e-3);
  return `[${rounded(factor * low, step)}, ${rounded(factor * high, step)}]`;
}

const UNITS: Record<Metric["unit"], string> = {
  share: "share",
  loss: "loss",
  target: "in the target's unit",
  money: "money",
  number: "number",
};

/** What a metric is counted in, and which way is better. */
export function kind({ unit, greater_is_better: greater }: Metric): string {
  return `${UNITS[unit]}, ${greater === null ? "nearer to 0" : greater ? "more" : "less"} is better`;
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
