// Scales on which the noise of a value hardly depends on the value; `afterlaunch.stats.scales`.
import type { Scale } from "../../contract/performance";

const LEAST = 1e-12;

interface Map {
  to(value: number): number;
  back(at: number): number;
}

const inside = (value: number) => Math.min(Math.max(value, LEAST), 1 - LEAST);
const correlation = (value: number) => Math.min(Math.max(value, LEAST - 1), 1 - LEAST);

/** On which changes are judged: a metric's own scale, or that of lengths of vectors. */
export type Ground = Scale | "length";

export const SCALES: Record<Ground, Map> = {
  identity: { to: (value) => value, back: (at) => at },
  logit: {
    to: (value) => Math.log(inside(value)) - Math.log1p(-inside(value)),
    back: (at) => 0.5 * (1 + Math.tanh(at / 2)),
  },
  log: { to: (value) => Math.log(Math.max(value, LEAST)), back: Math.exp },
  fisher: { to: (value) => Math.atanh(correlation(value)), back: Math.tanh },
  log_gap: { to: (value) => -Math.log(Math.max(1 - value, LEAST)), back: (at) => 1 - Math.exp(-at) },
  length: { to: (value) => value, back: (at) => Math.max(at, 0) },
  square: { to: (value) => value ** 2, back: (at) => Math.sqrt(Math.max(at, 0)) },
};
