// Which keys are the panel's while the focus is in it. JupyterLab and Notebook 7 match their shortcuts at the document,
// Notebook 7 before the panel hears of a key at all, and leave alone an element that carries this attribute.

const LEAVE_ALONE = "data-lm-suppress-shortcuts";
const OURS = new Set([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Enter",
  "Escape",
  " ",
]);

/** Keeps the panel's keys from the notebook's shortcuts, and leaves it all others; returns how to stop. */
export function keepKeys(element: HTMLElement): () => void {
  const page = window;
  const stop = () => page.removeEventListener("keydown", mark, true);
  const start = () => page.addEventListener("keydown", mark, true);
  const mark = (event: KeyboardEvent) => {
    const [target] = event.composedPath();
    // An element that is removed with the focus in it is not told that it lost it.
    if (!(target instanceof Element) || !element.contains(target)) stop();
    else target.toggleAttribute(LEAVE_ALONE, isOurs(event));
  };
  element.addEventListener("focusin", start);
  element.addEventListener("focusout", stop);
  return () => {
    stop();
    element.removeEventListener("focusin", start);
    element.removeEventListener("focusout", stop);
  };
}

/** Shift extends a window or a range of bins; with Enter it runs the cell. */
function isOurs({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return OURS.has(key) && !ctrlKey && !metaKey && !altKey && !(shiftKey && key === "Enter");
}
