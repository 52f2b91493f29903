// The time axis: buckets, the steps in which effects are shown, and windows as they travel.

import { isoOffset } from "../../charts/calendar";
import type { Window } from "../../contract/results";
import { factorOf, stepName } from "./steps";

export type Range = readonly [number, number]; // half-open, of buckets

/** The buckets of a payload. */
export interface Buckets {
  readonly starts_ms: readonly number[];
  readonly ends_ms: readonly number[];
  readonly position: readonly number[];
  readonly season: readonly number[];
  readonly season_name: string | null;
  readonly every: string | null;
  readonly zone: string;
  readonly n_rows: readonly number[];
}

export interface Axis {
  readonly buckets: Buckets;
  readonly size: number;
  readonly timeless: boolean;
  readonly start: number; // epoch milliseconds
  readonly end: number;
  readonly season: Int32Array;
  readonly position: Int32Array;
  readonly steps: readonly Range[];
  readonly step: string; // "day", "week", "3 hours"
  readonly bucket: string; // the same of one bucket
  readonly places: Float64Array; // middle of each step, from 0 to 1
  readonly times: Float64Array; // the same in epoch milliseconds
  readonly edges: Float64Array; // where each bucket starts, and the end of the last
  readonly stepEdges: Float64Array; // the same of the steps
  readonly edgePlaces: Float64Array; // the same from 0 to 1
  readonly rows: Float64Array; // by bucket
}

export function axisOf(buckets: Buckets): Axis {
  const size = buckets.starts_ms.length;
  const { every, position } = buckets;
  const factor = factorOf(every, (position.at(-1) ?? 0) - (position[0] ?? 0) + 1);
  const [start, end] = [buckets.starts_ms[0] ?? 0, buckets.ends_ms[size - 1] ?? 0];
  const steps = stepsOf(buckets, factor);
  const times = Float64Array.from(
    steps,
    ([from, to]) => ((buckets.starts_ms[from] ?? 0) + (buckets.ends_ms[to - 1] ?? 0)) / 2,
  );
  const stepEdges = Float64Array.of(...steps.map(([from]) => buckets.starts_ms[from] ?? 0), end);
  return {
    buckets,
    size,
    timeless: buckets.every === null,
    start,
    end,
    times,
    places: times.map((time) => (time - start) / (end - start || 1)),
    edges: Float64Array.of(...buckets.starts_ms, end),
    stepEdges,
    edgePlaces: stepEdges.map((edge) => (edge - start) / (end - start || 1)),
    rows: Float64Array.from(buckets.n_rows),
    steps,
    season: Int32Array.from(buckets.season),
    position: Int32Array.from(buckets.position),
    step: stepName(every, factor),
    bucket: stepName(every, 1),
  };
}

/** Instant at which bucket `index` starts; the end of the last for `index` = size. */
export function boundary({ buckets, size, end }: Axis, index: number): number {
  return index >= size ? end : (buckets.starts_ms[index] as number);
}

function stepsOf({ position }: Buckets, factor: number): Range[] {
  const steps: Range[] = [];
  const block = (index: number) => Math.floor(((position[index] ?? 0) - (position[0] ?? 0)) / factor);
  let from = 0;
  for (let index = 1; index <= position.length; index++) {
    if (index < position.length && block(index) === block(from)) continue;
    steps.push([from, index]);
    from = index;
  }
  const [last, previous] = [steps.at(-1), steps.at(-2)];
  const stub = last !== undefined && previous !== undefined && (last[1] - last[0]) * 2 < previous[1] - previous[0];
  return stub ? [...steps.slice(0, -2), [previous[0], last[1]]] : steps;
}

/** Returns a bucket range as instants with an offset, as Python takes them. */
export function toWindow(axis: Axis, [from, to]: Range): Window {
  const { zone, ends_ms } = axis.buckets;
  const end = ends_ms[to - 1] ?? boundary(axis, to);
  return [isoOffset(boundary(axis, from), zone), isoOffset(end, zone)];
}

/** Returns the buckets that a window covers, at least one; null for a window that cannot be read. */
export function toRange(axis: Axis, window: Window): Range | null {
  const [start, end] = [Date.parse(window[0]), Date.parse(window[1])];
  if (!(start < end)) return null;
  const { starts_ms, ends_ms } = axis.buckets;
  const from = ends_ms.findIndex((ms) => ms > start);
  if (from < 0) return null;
  const after = starts_ms.findIndex((ms) => ms >= end);
  return [from, Math.max(from + 1, after < 0 ? axis.size : after)];
}
