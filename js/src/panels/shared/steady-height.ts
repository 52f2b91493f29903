import { useLayoutEffect, useState } from "preact/hooks";
import { useWidth } from "./width";

const NARROW = 640; // pixels, up to which columns stand under each other

/** Returns a ref to put on an element, and how high it was when `free`: what takes that picture's place is as high. */
export function useSteadyHeight(free: boolean) {
  const [ref, width] = useWidth(960);
  const [seen, see] = useState<{ readonly width: number; readonly height: number } | null>(null);
  useLayoutEffect(() => {
    if (!free || ref.current === null) return;
    const height = Number.parseFloat(getComputedStyle(ref.current).height); // not whole pixels, as what stands below is not
    if (height > 0) see({ width, height });
  }, [free, width]);
  return [ref, free || width <= NARROW || seen?.width !== width ? null : seen.height] as const;
}
