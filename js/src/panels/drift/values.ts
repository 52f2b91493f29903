// A column's values and bins as a reader wants them.

import { singles } from "../../charts/bins";
import { day, moment, timeTicks } from "../../charts/calendar";
import { rounded } from "../../charts/format";
import { roundStep, ticks } from "../../charts/scale";
import type { Column, Kind, Role } from "../../contract/drift";
import type { Range } from "./table";

export const KIND: Record<Kind, string> = {
  numeric: "numbers",
  categorical: "categories",
  boolean: "yes or no",
  time: "times",
  text: "text, by length",
};
export const ROLE: Record<Role, string> = {
  feature: "feature",
  prediction: "prediction",
  score: "score",
  target: "target",
};

/** Returns a function that prints values of the column to about a hundredth of its range. */
export function printer(column: Column, zone: string): (value: number) => string {
  const { edges, kind } = column;
  if (kind === "time") return (value) => moment(value * 1000, zone);
  const whole = edges.slice(1, -1).every(Number.isInteger);
  const step = Math.max(roundStep(middleRange(edges), 100), whole ? 1 : 0);
  return (value) =>
    rounded(value, step)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, "");
}

/** The range without the outer bins, which may be far wider than the rest. */
function middleRange(edges: readonly number[]): number {
  const [low, high] = [edges[1] ?? 0, edges.at(-2) ?? 1];
  return high > low ? high - low : Math.abs((edges.at(-1) ?? 1) - (edges[0] ?? 0)) || Math.abs(low) || 1;
}

/** Returns a difference of two values with its sign; times differ by days. */
export function changePrinter(column: Column, print: (value: number) => string): (difference: number) => string {
  if (column.kind === "time")
    return (difference) => signed(difference / 86_400, (value) => `${rounded(value, 0.1)}\u00a0d`);
  return (difference) => signed(difference, print);
}

function signed(value: number, print: (value: number) => string): string {
  const size = print(Math.abs(value));
  if (Number(size.replace(/\u202f/g, "")) === 0) return "±0";
  return `${value > 0 ? "+" : "−"}${size}`;
}

/** Returns a bin in words: "20 to 25", "below 5", "40 and more", "0", or its category. */
export function binName(column: Column, bin: number, print: (value: number) => string): string {
  if (!column.ordered) return column.labels[bin] ?? "unseen before";
  const [left, right] = [column.edges[bin] as number, column.edges[bin + 1] as number];
  if (bin === 0) return `below ${print(right)}`;
  if (bin === column.edges.length - 2)
    return column.edges[bin - 1] === left ? `above ${print(left)}` : `${print(left)} and more`;
  if (left === right) return print(left);
  return `${print(left)} to ${print(right)}`;
}

/** Returns a range of bins in words. */
export function binsName(column: Column, [from, to]: Range, print: (value: number) => string): string {
  if (to - from === 1) return binName(column, from, print);
  const single = column.ordered && singles(column.edges).find((one) => one.bin === from && one.to === to);
  // Several values in one place: those beyond what is drawn.
  if (single)
    return single.value === column.edges.at(-1) ? `${print(single.value)} and more` : `up to ${print(single.value)}`;
  if (!column.ordered) return `${to - from} categories`;
  return `${binName(column, from, print).replace(/ to .*$/, "")} to ${binName(column, to - 1, print).replace(/^.* to /, "")}`;
}

/** Returns where the value axis is labelled. */
export function valueMarks(column: Column, low: number, high: number, zone: string, room: number) {
  const most = Math.max(2, Math.floor(room / 70));
  if (column.kind !== "time") {
    const step = roundStep(high - low, most);
    return ticks(low, high, most).map((at) => ({ at, label: rounded(at, step) }));
  }
  return timeTicks(low * 1000, high * 1000, zone, room).map(({ at }) => ({ at: at / 1000, label: day(at, zone) }));
}
