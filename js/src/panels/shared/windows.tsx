// The two windows on a time axis: what a panel's model must have for them, their brushes and their names.

import { Brush, type Part } from "../../charts/brush";
import { iso, span } from "../../charts/calendar";
import { type Axis, boundary, type Range } from "./axis";
import { moment } from "./phrases";

export type WindowName = "reference" | "current";

/** A model whose windows can be moved. */
export interface Windowed {
  readonly axis: Axis;
  readonly reference: Range;
  readonly current: Range;
  /** Whether a window follows the pointer. */
  dragging: boolean;
  setWindow(name: WindowName, range: Range): void;
  /** End of a gesture, after so many milliseconds without another. */
  settle(rest: number): void;
  reset(): void;
}

export interface BrushesProps {
  readonly model: Windowed;
  readonly width: number;
  /** Pixel of an instant, and back. */
  readonly x: ((ms: number) => number) & { invert(pixel: number): number };
  readonly top: number;
  readonly base: number;
}

const REST = 120; // milliseconds without a key before verdicts are computed
const TOUCHING = 8; // pixels

/** Both windows, to drag and to move by keys, with their names and dates above them. */
export function Brushes({ model, width, x, top, base }: BrushesProps) {
  const { axis, reference, current } = model;
  const at = (index: number) => x(boundary(axis, index));
  const near = (a: number, b: number) => Math.abs(at(a) - at(b)) < TOUCHING;
  const touching = near(reference[1], current[0]) || near(current[1], reference[0]);
  const brush = (name: WindowName) => (
    <Brush
      name={name}
      range={model[name]}
      latest={() => model[name]}
      size={axis.size}
      x={at}
      nearest={(pixel) => nearestBoundary(axis, x.invert(pixel))}
      top={top}
      base={base}
      dodge={touching ? (name === "reference" ? -11 : 11) : 0}
      spoken={(range, part) => spoken(axis, range, part)}
      change={(range, keyed) => {
        model.dragging = !keyed;
        model.setWindow(name, range);
      }}
      done={(keyed) => model.settle(keyed ? REST : 0)}
      reset={() => model.reset()}
    />
  );
  return (
    <>
      <WindowLabels x={at} width={width} reference={reference} current={current} words={(one) => dates(axis, one)} />
      {brush("reference")}
      {brush("current")}
    </>
  );
}

/** A window's first and last day. */
export const dates = (axis: Axis, [from, to]: Range) =>
  span(boundary(axis, from), axis.buckets.ends_ms[to - 1] ?? axis.end, axis.buckets.zone);

/** A window as Python takes it: `("2013-01-01", "2013-03-01")`. */
export function windowCode(axis: Axis, [from, to]: Range): string {
  const { zone, ends_ms } = axis.buckets;
  const [start, end] = [iso(boundary(axis, from), zone), iso(ends_ms[to - 1] ?? axis.end, zone)];
  return `(${JSON.stringify(start)}, ${JSON.stringify(end)})`;
}

/** The bucket boundary nearest to an instant. */
function nearestBoundary(axis: Axis, ms: number): number {
  let [low, high] = [0, axis.size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (boundary(axis, middle) < ms) low = middle + 1;
    else high = middle;
  }
  return low > 0 && ms - boundary(axis, low - 1) < boundary(axis, low) - ms ? low - 1 : low;
}

function spoken(axis: Axis, [from, to]: Range, part: Part): string {
  const first = moment(boundary(axis, from), axis.buckets);
  const last = moment((axis.buckets.ends_ms[to - 1] ?? axis.end) - 1, axis.buckets);
  return { start: first, end: last, body: `${first} to ${last}` }[part];
}

/** How many buckets two windows share. */
export const shared = (a: Range, b: Range) => Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));

/** Half-open range of the steps that a window touches. */
export function stepsIn({ steps }: Axis, [from, to]: Range): Range {
  const first = steps.findIndex((step) => step[1] > from);
  const after = steps.findIndex((step) => step[0] >= to);
  return [Math.max(0, first), after < 0 ? steps.length : after];
}

interface LabelsProps {
  readonly x: (index: number) => number;
  readonly width: number;
  readonly reference: Range;
  readonly current: Range;
  readonly words: (range: Range) => string;
}

const LETTER = 6.1;

/** The windows' names and dates above them, moved apart where they would collide. */
export function WindowLabels({ x, width, reference, current, words }: LabelsProps) {
  const length = (name: string, range: Range) => (name.length + 2 + words(range).length) * LETTER;
  const [long, wide] = [length("reference", reference), length("current", current)];
  let left = Math.max(0, Math.min(x(reference[0]), width - long));
  let right = Math.max(0, Math.min(x(current[0]), width - wide));
  if (left <= right && left + long > right) {
    right = Math.min(left + long, width - wide);
    left = Math.max(0, Math.min(left, right - long));
  } else if (right < left && right + wide > left) {
    left = Math.min(right + wide, width - long);
    right = Math.max(0, Math.min(right, left - wide));
  }
  return (
    <g>
      <WindowLabel name="reference" x={left} words={words(reference)} />
      <WindowLabel name="current" x={right} words={words(current)} />
    </g>
  );
}

function WindowLabel({ name, x, words }: { name: WindowName; x: number; words: string }) {
  return (
    <text class={name === "reference" ? "al-ref" : "al-cur"} x={x.toFixed(1)} y={10}>
      <tspan class="al-bold">{name}</tspan>
      <tspan dx={5}>{words}</tspan>
    </text>
  );
}
