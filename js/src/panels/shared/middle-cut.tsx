import { useLayoutEffect, useRef, useState } from "preact/hooks";

const TAIL = 7;

/** A name that is cut in its middle where it does not fit; the whole is in the tooltip, and is what is read out. */
export function MiddleCut({ text }: { text: string }) {
  const letters = [...text];
  const head = letters.slice(0, -TAIL);
  const ref = useRef<HTMLSpanElement>(null);
  const [fit, setFit] = useState<Fit | null>(null);
  useLayoutEffect(() => {
    setFit(null);
    return watch(ref.current, head, letters.slice(-TAIL).join(""), setFit);
  }, [text]);
  if (head.length <= 4) return <span class="al-cut">{text}</span>;
  const kept = fit?.kept ?? head.length;
  return (
    <span class="al-cut" title={text} ref={ref} style={fit === null ? {} : { width: `${fit.whole}px` }}>
      <span class={kept < head.length ? "al-cut-head al-cut-here" : "al-cut-head"}>{head.slice(0, kept).join("")}</span>
      {kept < head.length && <span class="al-cut-rest">{head.slice(kept).join("")}</span>}
      <span class="al-cut-tail">{letters.slice(-TAIL).join("")}</span>
    </span>
  );
}

/** How many of a head's letters fit, and how wide the whole name would be. */
interface Fit {
  readonly kept: number;
  readonly whole: number;
}

/** Calls `set` with what fits into the element, now and whenever its width changes; the style's ellipsis does until then. */
function watch(element: HTMLElement | null, head: readonly string[], tail: string, set: (fit: Fit) => void) {
  if (element === null || typeof ResizeObserver === "undefined") return;
  const brush = element.ownerDocument.createElement("canvas").getContext("2d");
  if (brush === null) return;
  const widthOf = (said: string) => brush.measureText(said).width;
  const observer = new ResizeObserver(() => {
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    brush.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const whole = Math.ceil(widthOf(`${head.join("")}${tail}`)) + 1;
    const room = Math.min(whole, element.clientWidth || whole);
    let kept = head.length;
    if (room < whole) while (kept > 1 && widthOf(`${head.slice(0, kept).join("")}…${tail}`) > room) kept--;
    set({ kept, whole });
  });
  observer.observe(element);
  return () => observer.disconnect();
}
