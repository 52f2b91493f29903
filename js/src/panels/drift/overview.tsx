import { Brush, type Part } from "../../charts/brush";
import { span } from "../../charts/calendar";
import { linear } from "../../charts/scale";
import { STRIP, Strip, stripRight } from "../../charts/strip";
import { useWidth } from "../shared/width";
import { boundary } from "./axis";
import type { Model } from "./model";
import { moment } from "./phrases";
import type { Range } from "./table";

const REST = 120; // milliseconds without a key before verdicts are computed

/** Volume and alarms over time, and the two windows to drag. */
export function Overview({ model }: { model: Model }) {
  const [ref, width] = useWidth(928);
  const { axis, payload } = model;
  const { zone } = axis.buckets;
  const x = linear([axis.start, axis.end], [0, width - stripRight(width)]);
  const at = (index: number) => x(boundary(axis, index));
  const words = (range: Range) => span(boundary(axis, range[0]), axis.buckets.ends_ms[range[1] - 1] ?? axis.end, zone);
  const { reference, current } = model;
  const touching = Math.abs(at(reference[1]) - at(current[0])) < 8 || Math.abs(at(current[1]) - at(reference[0])) < 8;
  const brush = (name: "reference" | "current") => (
    <Brush
      name={name}
      range={model[name]}
      latest={() => model[name]}
      size={axis.size}
      x={at}
      nearest={(pixel) => nearestBoundary(model, x.invert(pixel))}
      top={STRIP.top}
      base={STRIP.base}
      dodge={touching ? (name === "reference" ? -11 : 11) : 0}
      spoken={(range, part) => spoken(model, range, part)}
      change={(range, keyed) => {
        model.dragging = !keyed;
        model.setWindow(name, range);
      }}
      done={(keyed) => model.settle(keyed ? REST : 0)}
      reset={() => model.reset()}
    />
  );
  return (
    <div class="al-strip" ref={ref}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing's parts */}
      <svg
        width={width}
        height={STRIP.height}
        role="group"
        aria-label={`${payload.noun} and columns in alarm over time, with both windows`}
      >
        <Strip {...stripProps(model)} width={width} />
        <WindowLabels x={at} width={width} reference={reference} current={current} words={words} />
        {brush("reference")}
        {brush("current")}
      </svg>
      <p class="al-hint">{hint(model, words)}</p>
    </div>
  );
}

function stripProps({ axis, payload, alarms, bandsPending: pending }: Model) {
  const { start, end, edges, rows, stepEdges, bucket: every } = axis;
  return { start, end, zone: axis.buckets.zone, edges, rows, stepEdges, alarms, pending, noun: payload.noun, every };
}

/** The bucket boundary nearest to an instant. */
function nearestBoundary({ axis }: Model, ms: number): number {
  let [low, high] = [0, axis.size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (boundary(axis, middle) < ms) low = middle + 1;
    else high = middle;
  }
  return low > 0 && ms - boundary(axis, low - 1) < boundary(axis, low) - ms ? low - 1 : low;
}

function spoken({ axis }: Model, [from, to]: Range, part: Part): string {
  const first = moment(boundary(axis, from), axis.buckets);
  const last = moment((axis.buckets.ends_ms[to - 1] ?? axis.end) - 1, axis.buckets);
  return { start: first, end: last, body: `${first} to ${last}` }[part];
}

function hint({ payload, reference, current }: Model, words: (range: Range) => string): string {
  const moved = reference[0] !== payload.reference[0] || reference[1] !== payload.reference[1];
  const shared = Math.min(reference[1], current[1]) - Math.max(reference[0], current[0]);
  const parts = [];
  if (shared > 0) parts.push("The windows overlap: the rows they share are compared with themselves.");
  if (moved)
    parts.push(`Bin edges stay as they were cut on ${words(payload.reference)}; double-click a window to go back.`);
  return parts.length > 0 ? parts.join(" ") : "Drag a window or its edges, or use the arrow keys.";
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
function WindowLabels({ x, width, reference, current, words }: LabelsProps) {
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

function WindowLabel({ name, x, words }: { name: "reference" | "current"; x: number; words: string }) {
  return (
    <text class={name === "reference" ? "al-ref" : "al-cur"} x={x.toFixed(1)} y={10}>
      <tspan class="al-bold">{name}</tspan>
      <tspan dx={5}>{words}</tspan>
    </text>
  );
}
