// From numbers to pixels and back.

export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
}

/** Returns the straight map from `domain` to `range`; an empty domain maps to the start of the range. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = domain;
  const [start, end] = range;
  const slope = high === low ? 0 : (end - start) / (high - low);
  const scale = (value: number) => start + (value - low) * slope;
  return Object.assign(scale, { invert: (pixel: number) => (slope === 0 ? low : low + (pixel - start) / slope) });
}

const MULTIPLES = [1, 2, 2.5, 5, 10];

/** Returns the roundest step that cuts `span` into about `count` parts. */
export function roundStep(span: number, count: number): number {
  const rough = span / count;
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return (MULTIPLES.find((multiple) => multiple * power >= rough * 0.999) ?? 10) * power;
}

/** Returns round values from `low` to `high`, about `count` of them. */
export function ticks(low: number, high: number, count: number): number[] {
  const step = roundStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
