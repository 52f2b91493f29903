import { slider } from "./slider";

export interface CutLineProps {
  /** "odd" stands upright on the x-axis, "bad" lies across. */
  readonly name: "odd" | "bad";
  /** Place among the edges, as drawn and as it is now, which may be ahead; the last place there is. */
  readonly place: number;
  readonly latest: () => number;
  readonly last: number;
  /** Pixel of an edge, and the edge nearest to a pixel. */
  readonly at: (place: number) => number;
  readonly nearest: (pixel: number) => number;
  /** From where to where the line goes, across its own axis. */
  readonly from: number;
  readonly to: number;
  /** Where its knob stands on it. */
  readonly knob: number;
  readonly label: string;
  /** Pixels from the line's own axis at which the label must stay. */
  readonly room: readonly [number, number];
  readonly spoken: string;
  readonly value: string;
  readonly change: (place: number) => void;
  readonly done: (keyed: boolean) => void;
  readonly reset: () => void;
}

const HIT = 9; // pixels on both sides
const LETTER = 6;
const PAGE = 5; // edges

/** Returns a threshold between cells of a density, to be dragged or moved by keys. */
export function CutLine(props: CutLineProps) {
  const { name, at, place, from, to, knob } = props;
  const upright = name === "odd";
  const where = at(place);
  const hit = upright
    ? { x: where - HIT, y: from, width: 2 * HIT, height: to - from }
    : { x: from, y: where - HIT, width: to - from, height: 2 * HIT };
  const line = upright ? { x1: where, x2: where, y1: from, y2: to } : { x1: from, x2: to, y1: where, y2: where };
  const [w, h] = upright ? [7, 20] : [20, 7];
  const [x, y] = upright ? [where, knob] : [knob, where];
  const grip = upright ? `M${x},${y - 4}V${y + 4}` : `M${x - 4},${y}H${x + 4}`;
  return (
    <g class={`al-cutline al-cut-${name}`} {...control(props)}>
      <rect class="al-hit" {...hit} />
      <line class="al-cut-rule" {...line} />
      <rect class="al-knob" x={x - w / 2} y={y - h / 2} width={w} height={h} rx={3.5} />
      <path class="al-cut-rule" d={grip} />
      <rect class="al-ring" x={x - w / 2 - 3} y={y - h / 2 - 3} width={w + 6} height={h + 6} rx={5} />
      <Label {...props} where={where} upright={upright} />
    </g>
  );
}

/** The threshold's name and value beside its line, on the side where there is room. */
function Label({ label, knob, room, where, upright, name }: CutLineProps & { where: number; upright: boolean }) {
  const tone = name === "bad" ? "al-alarm-ink al-halo" : "al-ink al-halo";
  const wide = label.length * LETTER;
  if (upright) {
    const flip = where + 10 + wide > room[1];
    return (
      <text class={tone} x={where + (flip ? -9 : 9)} y={knob + 4} text-anchor={flip ? "end" : "start"}>
        {label}
      </text>
    );
  }
  const under = where - 18 < room[0];
  return (
    <text class={tone} x={knob + 10} y={where + (under ? 17 : -8)} text-anchor="end">
      {label}
    </text>
  );
}

function control(props: CutLineProps) {
  const { name, place, latest, last, at, nearest, spoken, value, change, done, reset } = props;
  const upright = name === "odd";
  return slider({
    part: name,
    label: spoken,
    orientation: upright ? "horizontal" : "vertical",
    least: 1,
    most: last,
    now: place,
    text: value,
    grab: () => {
      const start = at(latest());
      return { move: (dx, dy) => change(nearest(start + (upright ? dx : dy))), end: () => done(false) };
    },
    page: PAGE,
    step: (by) => {
      change(latest() + by);
      done(true);
    },
    reset,
  });
}
