// Lists of options that arrows walk through.
import { taken } from "../../charts/keys";

const PAGE = 6;

export interface Walk {
  /** The place that is picked now. */
  readonly place: number;
  readonly size: number;
  /** The first place there is; -1 where nothing can be picked. */
  readonly least?: number;
  /** Places that the keys that leaf go on. */
  readonly page?: number;
}

/** Returns the place to which a key leads; null for keys that are not the list's. */
export function keyedTo(event: KeyboardEvent, { place, size, least = 0, page = PAGE }: Walk): number | null {
  const to = taken(event, {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + page,
    PageUp: place - page,
    Home: least,
    End: size - 1,
    Enter: place,
    " ": place,
  });
  return to === undefined ? null : Math.max(least, Math.min(size - 1, to));
}

/** The same in a list that has an element for each place: the one to which the key leads is scrolled into view. */
export function stepped(event: KeyboardEvent, walk: Walk): number | null {
  const next = keyedTo(event, walk);
  if (next === null) return null;
  const list = event.currentTarget as HTMLElement;
  list.querySelectorAll('[role="option"]')[next - Math.min(0, walk.least ?? 0)]?.scrollIntoView?.({ block: "nearest" });
  return next;
}
