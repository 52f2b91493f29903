// Contrasts of a series of buckets: the step that is judged, and the placebos that hold no step.
import type { Table, Windows } from "./cells";
import { likeForLike } from "./measure";

const N_PLACEBOS = 24;
const ENOUGH = 14;
const DEGENERATE = 0.05;

type Vector = Float64Array;

/** What a pair of windows fixes for every column with values in the same buckets. */
export interface Design {
  /** The buckets that count, in order of time. */
  readonly used: Int32Array;
  /** Their places, from 0. */
  readonly position: Vector;
  /** Orthonormal contrasts of the used buckets, orthogonal to their season. */
  readonly placebos: readonly Vector[];
  /** How many such contrasts exist. */
  readonly available: number;
}

/** The placebo contrasts of a pair of windows, from its usable buckets. */
export function design(windows: Windows, usable: (d: number) => boolean): Design {
  const reference = new Set(windows.reference.filter(usable));
  const current = new Set(windows.current.filter(usable));
  const place = (d: number) => windows.position[d] as number;
  const used = Int32Array.from(new Set([...reference, ...current])).sort((a, b) => place(a) - place(b) || a - b);
  const first = used.length ? place(used[0] as number) : 0;
  const position = Float64Array.from(used, (d) => place(d) - first);
  const labels = [...new Set(Array.from(used, (d) => windows.season[d] as number))].sort((a, b) => a - b);
  const referenceLabels = new Set(Array.from(reference, (d) => windows.season[d] as number));
  const short = reference.size - referenceLabels.size < ENOUGH;
  const inside = Array.from(used, (d) => short || reference.has(d));
  const nuisance = labels.map((label) => flags(used, (d, i) => windows.season[d] === label && (inside[i] as boolean)));
  if (short) nuisance.push(flags(used, (d) => current.has(d) && !reference.has(d)));
  const basis = orthonormal(nuisance, []);
  const n = inside.filter(Boolean).length;
  const available = Math.max(n - basis.length, 0);
  const placebos = orthonormal(cosines(position, inside, n, Math.min(N_PLACEBOS, available)), basis);
  return { used, position, placebos, available };
}

function flags(used: Int32Array, test: (d: number, i: number) => boolean): Vector {
  return Float64Array.from(used, (d, i) => (test(d, i) ? 1 : 0));
}

function cosines(position: Vector, inside: readonly boolean[], n: number, count: number): Vector[] {
  if (count === 0) return [];
  const places = position.filter((_, i) => inside[i]);
  const first = places[0] as number;
  const span = (places[places.length - 1] as number) - first + 1;
  return frequencies(n, count).map((f) =>
    position.map((t, i) => (inside[i] ? Math.cos(Math.PI * f * ((t - first + 0.5) / span)) : 0)),
  );
}

/** The slowest frequencies one by one, then ever wider steps up to the fastest of n buckets. */
function frequencies(n: number, count: number): number[] {
  const slow = Math.floor(count / 2);
  const rest = count - slow;
  const ratio = (n - 1) / (slow + 1);
  const found = Array.from({ length: slow }, (_, i) => i + 1);
  for (let i = 0; i < rest; i++) {
    const wide = Math.floor((slow + 1) * ratio ** (i / Math.max(rest - 1, 1)) + 0.5);
    found.push(Math.max(wide, (found[found.length - 1] ?? 0) + 1));
  }
  return found;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Unit vectors that span what `vectors` add to `basis`; twice Gram–Schmidt, for its rounding. */
function orthonormal(vectors: readonly Vector[], basis: readonly Vector[]): Vector[] {
  const found: Vector[] = [];
  for (const vector of vectors) {
    const left = vector.slice();
    for (let twice = 0; twice < 2; twice++) {
      for (const other of [...basis, ...found]) {
        const along = dot(other, left);
        for (let i = 0; i < left.length; i++) left[i] = (left[i] as number) - along * (other[i] as number);
      }
    }
    const length = Math.sqrt(dot(left, left));
    if (length > DEGENERATE) found.push(left.map((x) => x / length));
  }
  return found;
}

/** The contrast of the used buckets that is current minus reference, like for like. */
export function stepContrast(table: Table, windows: Windows, used: Int32Array): { contrast: Vector; covered: boolean } {
  const { weight, nCurrent, covered } = likeForLike(table, windows);
  const contrast = new Float64Array(table.n.length);
  for (const d of windows.current) contrast[d] = (contrast[d] as number) + (table.n[d] as number) / nCurrent;
  for (const d of windows.reference) contrast[d] = (contrast[d] as number) - weight(d) * (table.n[d] as number);
  const picked = new Float64Array(used.length);
  for (let u = 0; u < used.length; u++) picked[u] = contrast[used[u] as number] as number;
  return { contrast: picked, covered };
}

/** c' R c for R = rho ** |lag|, in one pass over the buckets. */
export function persistence(contrast: Vector, position: Vector, rho: number): number {
  if (rho === 0) return dot(contrast, contrast);
  let carried = 0;
  let total = 0;
  for (let i = 0; i < contrast.length; i++) {
    const now = contrast[i] as number;
    const lag = i ? (position[i] as number) - (position[i - 1] as number) : 0;
    carried = carried * (lag === 1 ? rho : rho ** lag) + now;
    total += now * (2 * carried - now);
  }
  return total;
}
