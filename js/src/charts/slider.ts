// Parts of a drawing that slide: by any pointer, and by keys.
import { dragged, type Gesture } from "./drag";
import { taken } from "./keys";
import { pixelOf } from "./pixel";

export interface SliderProps {
  readonly part: string;
  readonly label: string;
  /** Horizontal where nothing is said. */
  readonly orientation?: "horizontal" | "vertical";
  readonly least: number;
  readonly most: number;
  readonly now: number;
  /** The value in words. */
  readonly text: string;
  /** What begins when the main button is pressed. */
  readonly grab: (event: PointerEvent) => Gesture;
  /** Steps of the keys that leaf. */
  readonly page: number;
  /** A key asks for so many steps, which may lead beyond either end. */
  readonly step: (by: number, shift: boolean) => void;
  readonly reset: () => void;
}

const ALL = 1e6; // steps to either end, from wherever

/** Returns what makes a group of a drawing a slider: role, name, value, pointer and keys. */
export const slider = (props: SliderProps) => ({
  role: "slider" as const,
  tabindex: 0,
  "data-part": props.part,
  "aria-label": props.label,
  "aria-orientation": props.orientation,
  "aria-valuemin": props.least,
  "aria-valuemax": props.most,
  "aria-valuenow": props.now,
  "aria-valuetext": props.text,
  onPointerDown: dragged(props.grab),
  onDblClick: props.reset,
  onKeyDown: (event: KeyboardEvent) => {
    const by = taken(event, stepsBy(props.page));
    if (by !== undefined) props.step(by, event.shiftKey);
  },
});

const stepsBy = (page: number) => ({
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -page,
  PageUp: page,
  Home: -ALL,
  End: ALL,
});

/** Returns a gesture of what stands under the pointer from the press on: `to` hears the pixel from the left. */
export function followed(event: PointerEvent, to: (pixel: number) => void, end: () => void): Gesture {
  const start = pixelOf(event)[0];
  to(start);
  return { move: (dx) => to(start + dx), end };
}
