/** Returns where a pointer is, in pixels of the drawing that hears of it. */
export function pixelOf({ currentTarget, clientX, clientY }: MouseEvent): readonly [number, number] {
  const part = currentTarget as SVGElement;
  const { left, top } = (part.ownerSVGElement ?? part).getBoundingClientRect();
  return [clientX - left, clientY - top];
}
