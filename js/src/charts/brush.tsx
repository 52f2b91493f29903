import { slider } from "./slider";

export type Part = "body" | "start" | "end";
type Range = readonly [number, number];

export interface BrushProps {
  /** "reference" or "current": its colour and its spoken name. */
  readonly name: "reference" | "current";
  /** Its spoken name where it is not that of a window. */
  readonly title?: string;
  readonly range: Range; // half-open, of buckets
  /** The range as it is now, which may be ahead of what is drawn. */
  readonly latest: () => Range;
  readonly size: number; // buckets in all
  readonly x: (index: number) => number; // pixel of a bucket's start
  readonly nearest: (pixel: number) => number;
  readonly top: number;
  readonly base: number;
  /** Pixels by which the knobs stand off the middle, so that two windows that touch can both be taken. */
  readonly dodge: number;
  /** The window in words; the first or last bucket of a handle in words. */
  readonly spoken: (range: Range, part: Part) => string;
  /** Called at every move, by the pointer or by a key; `done` ends a gesture or follows a key. */
  readonly change: (range: Range, keyed: boolean) => void;
  readonly done: (keyed: boolean) => void;
  readonly reset: () => void;
}

/** Returns a window on the time axis: a body that moves it and two handles that resize it, by pointer and keys. */
export function Brush(props: BrushProps) {
  const { name, range, x, top, base } = props;
  const [left, right] = [x(range[0]), x(range[1])];
  return (
    <g class={`al-brush al-brush-${name}`}>
      <g class="al-body" {...control(props, "body")}>
        <rect class="al-brush-area" x={left} y={top} width={Math.max(1, right - left)} height={base - top} />
        <line x1={left} x2={right} y1={top} y2={top} class="al-brush-roof" />
        <rect
          class="al-ring"
          x={left + 1}
          y={top + 1}
          width={Math.max(1, right - left - 2)}
          height={base - top - 2}
          rx={2}
        />
      </g>
      <Handle {...props} part="start" at={left} />
      <Handle {...props} part="end" at={right} />
    </g>
  );
}

const HIT = 11; // pixels on the window's own side
const BESIDE = 3;

function Handle(props: BrushProps & { part: Part; at: number }) {
  const { part, at, top, base, range, x } = props;
  const middle = Math.round((top + base) / 2) + props.dodge;
  const narrow = x(range[1]) - x(range[0]) < 3 * HIT;
  const right = (part === "start") !== narrow;
  return (
    <g class="al-handle" transform={`translate(${at.toFixed(1)},0)`} {...control(props, part)}>
      <rect class="al-hit" x={right ? -BESIDE : -HIT} y={top} width={HIT + BESIDE} height={base - top} />
      <line class="al-brush-edge" y1={top} y2={base} />
      <rect class="al-knob" x={-3.5} y={middle - 9} width={7} height={18} rx={3.5} />
      <line class="al-brush-edge" y1={middle - 4} y2={middle + 4} />
      <rect class="al-ring" x={-6.5} y={middle - 12} width={13} height={24} rx={5} />
    </g>
  );
}

/** Arrows move by a bucket; with Shift the end of the whole window moves, which resizes it. */
function control(props: BrushProps, part: Part) {
  const { name, range, latest, size, spoken, change, done, reset } = props;
  const title = props.title ?? (name === "reference" ? "Reference window" : "Current window");
  return slider({
    part: `${name}-${part}`,
    label: { body: title, start: `${title}, first`, end: `${title}, last` }[part],
    orientation: "horizontal",
    least: 0,
    most: size - 1,
    now: part === "end" ? range[1] - 1 : range[0],
    text: spoken(range, part),
    grab: () => gesture(props, part),
    page: Math.max(1, Math.round(size / 20)),
    step: (by, shift) => {
      change(moved(latest(), shift && part === "body" ? "end" : part, by, size), true);
      done(true);
    },
    reset,
  });
}

function gesture({ latest, size, x, nearest, change, done }: BrushProps, part: Part) {
  const range = latest();
  const anchor = x(range[part === "end" ? 1 : 0]);
  return {
    move(dx: number) {
      const to = nearest(anchor + dx);
      change(moved(range, part, to - range[part === "end" ? 1 : 0], size), false);
    },
    end: () => done(false),
  };
}

/** Returns the range after one of its parts moved by some buckets; it keeps at least one and stays on the axis. */
export function moved([from, to]: Range, part: Part, by: number, size: number): Range {
  if (part === "start") return [Math.max(0, Math.min(from + by, to - 1)), to];
  if (part === "end") return [from, Math.min(size, Math.max(to + by, from + 1))];
  const step = Math.max(-from, Math.min(size - to, by));
  return [from + step, to + step];
}
