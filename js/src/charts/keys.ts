// Keys that a control takes for itself.

/** Returns what `keys` holds for a key, which nobody else hears of then; undefined for other keys and for shortcuts. */
export function taken<To>(event: KeyboardEvent, keys: Readonly<Record<string, To>>): To | undefined {
  const to = keys[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return to;
}
