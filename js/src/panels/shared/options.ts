// Lists of options that arrows walk through.

const PAGE = 6;

/** Returns the option to which a key leads, from `least` (which may be before the first) on; null for other keys. */
export function stepped(event: KeyboardEvent, place: number, size: number, least = 0): number | null {
  const to = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + PAGE,
    PageUp: place - PAGE,
    Home: least,
    End: size - 1,
    Enter: place,
    " ": place,
  }[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return null;
  event.preventDefault();
  event.stopPropagation();
  const next = Math.max(least, Math.min(size - 1, to));
  const list = event.currentTarget as HTMLElement;
  list.querySelectorAll('[role="option"]')[next - Math.min(0, least)]?.scrollIntoView?.({ block: "nearest" });
  return next;
}
