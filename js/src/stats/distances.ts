// Distances between two sets of shares; the definitions and their sources stand in `afterlaunch.stats.distances`.

type Shares = Float64Array;

const PSI_BINS = 10;
const ROUNDING = 1e-14;

/** Largest gap between the cumulative shares of ordered bins. */
export function ks(p: Shares, q: Shares): number {
  let gap = 0;
  let largest = 0;
  for (let i = 0; i < p.length; i++) {
    gap += (q[i] as number) - (p[i] as number);
    largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}

/** Half the summed absolute difference: the share of rows that moved. */
export function totalVariation(p: Shares, q: Shares): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs((q[i] as number) - (p[i] as number));
  return sum / 2;
}

/** Largest change of a single share. */
export function lInfinity(p: Shares, q: Shares): number {
  let largest = 0;
  for (let i = 0; i < p.length; i++) largest = Math.max(largest, Math.abs((q[i] as number) - (p[i] as number)));
  return largest;
}

/** Hellinger distance, 0 to 1. */
export function hellinger(p: Shares, q: Shares): number {
  let affinity = 0;
  for (let i = 0; i < p.length; i++) affinity += Math.sqrt((p[i] as number) * (q[i] as number));
  return root(1 - affinity);
}

/** Square root, what rounding left of nothing being nothing. */
function root(square: number): number {
  return square > ROUNDING ? Math.sqrt(square) : 0;
}

/** Jensen–Shannon distance, 0 to 1: the root of the divergence in bits. */
export function jensenShannon(p: Shares, q: Shares): number {
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const a = p[i] as number;
    const b = q[i] as number;
    const middle = (a + b) / 2;
    if (a > 0) divergence += a * Math.log2(a / middle);
    if (b > 0) divergence += b * Math.log2(b / middle);
  }
  return root(divergence / 2);
}

/** Population stability index of two sets of counts, half a row added to every cell. */
export function psi(reference: readonly number[], current: readonly number[]): number {
  const k = reference.length;
  const before = reference.reduce((sum, n) => sum + n, 0) + 0.5 * k;
  const after = current.reduce((sum, n) => sum + n, 0) + 0.5 * k;
  let total = 0;
  for (let i = 0; i < k; i++) {
    const p = ((reference[i] as number) + 0.5) / before;
    const q = ((current[i] as number) + 0.5) / after;
    total += (q - p) * Math.log(q / p);
  }
  return total;
}

/** Each bin's group, 0 to 9: the tenth of the reference in which the bin's middle falls. */
export function psiGroups(p: Shares): Int32Array {
  const groups = new Int32Array(p.length);
  let cumulative = 0;
  for (let i = 0; i < p.length; i++) {
    const share = p[i] as number;
    cumulative += share;
    const tenth = Math.floor((cumulative - share / 2) * PSI_BINS + 1e-9);
    groups[i] = Math.min(Math.max(tenth, 0), PSI_BINS - 1);
  }
  return groups;
}

/** Pearson's statistic of shares `p` of `nReference` rows and `q` of `nCurrent` rows, both of them random. */
export function chiSquared(p: Shares, q: Shares, nReference: number, nCurrent: number): number {
  let total = 0;
  const ratio = Math.sqrt(nCurrent / nReference);
  for (let i = 0; i < p.length; i++) {
    const before = (p[i] as number) * nReference;
    const after = (q[i] as number) * nCurrent;
    if (before + after > 0) total += (before * ratio - after / ratio) ** 2 / (before + after);
  }
  return total;
}

/** Mean distance that rows moved, in units of `widths`, rows spread evenly inside each bin. */
export function wasserstein(p: Shares, q: Shares, widths: Float64Array): number {
  let before = 0;
  let total = 0;
  for (let i = 0; i < p.length; i++) {
    const after = before + (q[i] as number) - (p[i] as number);
    const both = Math.abs(before) + Math.abs(after);
    const area = before * after < 0 ? (before ** 2 + after ** 2) / both : both;
    total += area * (widths[i] as number);
    before = after;
  }
  return total / 2;
}
