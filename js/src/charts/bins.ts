// Bins of unequal width: which of them hold a single value, and the quantiles that their shares give.

export type Numbers = ArrayLike<number>;

/** Shares of a window and of what it is compared with, by bin. */
export interface Pair {
  readonly p: Numbers; // the reference
  readonly q: Numbers; // the window
}

/** Neighbouring bins, `bin` up to `to`, that are drawn at one value. */
export interface Single {
  readonly bin: number;
  readonly to: number;
  readonly value: number;
}

const at = (values: Numbers, i: number) => values[i] as number;

/** Returns the sum of the shares from `from` up to `to`. */
export function sumOf(shares: Numbers, from: number, to: number): number {
  let sum = 0;
  for (let bin = from; bin < to; bin++) sum += at(shares, bin);
  return sum;
}

/** Returns where both edges of a bin are the same. The outer bins are open, and never count. */
export function singles(edges: readonly number[]): Single[] {
  const found: Single[] = [];
  const least = 1e-9 * (at(edges, edges.length - 1) - at(edges, 0));
  for (let bin = 1; bin < edges.length - 2; bin++) {
    if (at(edges, bin + 1) - at(edges, bin) > least) continue;
    const last = found.at(-1);
    if (last !== undefined && last.to === bin) found[found.length - 1] = { ...last, to: bin + 1 };
    else found.push({ bin, to: bin + 1, value: at(edges, bin) });
  }
  return found;
}

/** A quantile, and whether it lies in an outer bin, beyond which nothing is known. */
export interface Quantile {
  readonly value: number;
  readonly beyond: -1 | 0 | 1;
}

/** Returns the value below which a share `level` of the rows lies, taking rows as spread evenly inside a bin. */
export function quantile(edges: readonly number[], shares: Numbers, level: number): Quantile | null {
  const bins = edges.length - 1;
  const total = sumOf(shares, 0, bins);
  if (!(total > 0)) return null;
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) {
    const here = at(shares, bin) / total;
    if (here > 0 && sum + here >= level - 1e-12) return within(edges, bin, Math.min(1, (level - sum) / here));
    sum += here;
  }
  return { value: at(edges, bins), beyond: 0 };
}

function within(edges: readonly number[], bin: number, part: number): Quantile {
  const [left, right] = [at(edges, bin), at(edges, bin + 1)];
  const beyond = bin === 0 ? -1 : bin === edges.length - 2 ? 1 : 0;
  return { value: left + (right - left) * part, beyond };
}
