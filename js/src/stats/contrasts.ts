// Contrasts of a series of buckets: the step that is judged, and the placebos that hold no step.
import { bucketShares, type Table, type Windows } from "./cells";
import { likeForLike } from "./measure";

const N_PLACEBOS = 24;
const ENOUGH = 14;
const DEGENERATE = 0.05;

type Vector = Float64Array;

/** Contrasts that hold no step, over the buckets that they rest on. */
export interface Placebos {
  /** The reference's, in order of time; those of both windows if it is `short`. */
  readonly buckets: Int32Array;
  readonly position: Vector;
  readonly short: boolean;
  /** Orthonormal, and orthogonal to the buckets' season. */
  readonly contrasts: readonly Vector[];
  /** How many such contrasts exist. */
  readonly available: number;
}

/** The usable buckets of both windows, in order of time. */
export function usedBuckets(windows: Windows, usable: (d: number) => boolean): Int32Array {
  return inTime(windows.position, [...windows.reference, ...windows.current].filter(usable));
}

export function inTime(position: Int32Array, buckets: Iterable<number>): Int32Array {
  const place = (d: number) => position[d] as number;
  return Int32Array.from(new Set(buckets)).sort((a, b) => place(a) - place(b) || a - b);
}

/** Places of `buckets`, from 0. */
export function places(position: Int32Array, buckets: Int32Array): Vector {
  const first = buckets.length ? (position[buckets[0] as number] as number) : 0;
  return Float64Array.from(buckets, (d) => (position[d] as number) - first);
}

/** The placebo contrasts of a pair of windows, from its usable buckets. */
export function placebos(windows: Windows, usable: (d: number) => boolean): Placebos {
  const reference = inTime(windows.position, windows.reference.filter(usable));
  const label = (d: number) => windows.season[d] as number;
  const short = reference.length - new Set(Array.from(reference, label)).size < ENOUGH;
  const buckets = short ? usedBuckets(windows, usable) : reference;
  const labels = [...new Set(Array.from(buckets, label))].sort((a, b) => a - b);
  const nuisance = labels.map((one) => flags(buckets, (d) => label(d) === one));
  if (short) {
    const [before, after] = [new Set(reference), new Set(windows.current)];
    nuisance.push(flags(buckets, (d) => after.has(d) && !before.has(d)));
  }
  const basis = orthonormal(nuisance, []);
  const available = Math.max(buckets.length - basis.length, 0);
  const position = places(windows.position, buckets);
  const contrasts = orthonormal(cosines(position, Math.min(N_PLACEBOS, available)), basis);
  return { buckets, position, short, contrasts, available };
}

function flags(buckets: Int32Array, test: (d: number) => boolean): Vector {
  return Float64Array.from(buckets, (d) => (test(d) ? 1 : 0));
}

function cosines(position: Vector, count: number): Vector[] {
  if (count === 0) return [];
  const span = (position[position.length - 1] as number) + 1;
  return frequencies(position.length, count).map((f) =>
    position.map((t) => Math.cos(Math.PI * f * ((t + 0.5) / span))),
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
  const all = [...basis];
  for (const vector of vectors) {
    const left = vector.slice();
    for (let twice = 0; twice < 2; twice++) {
      for (const other of all) {
        const along = dot(other, left);
        for (let i = 0; i < left.length; i++) left[i] = (left[i] as number) - along * (other[i] as number);
      }
    }
    const length = Math.sqrt(dot(left, left));
    if (length > DEGENERATE) all.push(left.map((x) => x / length));
  }
  return all.slice(basis.length);
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

/** What a contrast of `buckets` says of every cell. */
export function moved(table: Table, contrast: Vector, buckets: Int32Array): Vector {
  const { k } = table;
  const shares = bucketShares(table);
  const gap = new Float64Array(k);
  for (let u = 0; u < buckets.length; u++) {
    const weight = contrast[u] as number;
    if (weight === 0) continue;
    const at = (buckets[u] as number) * k;
    for (let i = 0; i < k; i++) gap[i] = (gap[i] as number) + weight * (shares[at + i] as number);
  }
  return gap;
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
