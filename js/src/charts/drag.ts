// Dragging with any pointer: one gesture from press to release.

export interface Gesture {
  /** The pointer moved this far, in pixels, since it was pressed. */
  move(dx: number, dy: number): void;
  end(): void;
}

/** Returns what to put on `onPointerDown`; `begin` is asked for a gesture when the main button is pressed. */
export function dragged(begin: (event: PointerEvent) => Gesture) {
  return (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const target = event.currentTarget as HTMLElement | SVGElement;
    target.focus({ preventScroll: true });
    follow(target, event, begin(event));
  };
}

/** The pointer is captured, so that nothing outside the target has to be listened to or cleaned up. */
function follow(
  target: HTMLElement | SVGElement,
  { pointerId, clientX, clientY }: PointerEvent,
  gesture: Gesture,
): void {
  const move = (event: Event) => {
    const { clientX: x, clientY: y } = event as PointerEvent;
    gesture.move(x - clientX, y - clientY);
  };
  const end = () => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("lostpointercapture", end);
    gesture.end();
  };
  target.setPointerCapture?.(pointerId);
  target.addEventListener("pointermove", move);
  target.addEventListener("lostpointercapture", end);
}
