import { useLayoutEffect, useState } from "preact/hooks";
import { useWidth } from "./width";

const NARROW = 640; // pixels, up to which columns stand under each other

/** Returns a ref to put on an element, and how high it was when `free`: what takes that picture's place is as high. */
export function useSteadyHeight(free: boolean) {
  const [ref, width] = useWidth(960);
  const [seen, see] = useState<{ readonly width: number; readonly height: number } | null>(null);
  useLayoutEffect(() => {
    const height = ref.current?.offsetHeight ?? 0;
    if (free && height > 0) see({ width, height });
  }, [free, width]);
  return [ref, free || width <= NARROW || seen?.width !== width ? null : seen.height] as const;
}
