// Several tests in one report: family-wise and false-discovery control.

function ascending(pvalues: readonly number[]): number[] {
  return pvalues.map((_, i) => i).sort((a, b) => (pvalues[a] as number) - (pvalues[b] as number) || a - b);
}

/** The one level that separates what Holm rejects at `alpha` from what it keeps. */
export function holmThreshold(pvalues: readonly number[], alpha: number): number {
  const n = pvalues.length;
  const order = ascending(pvalues);
  let rejected = 0;
  while (rejected < n && (pvalues[order[rejected] as number] as number) * (n - rejected) <= alpha) rejected++;
  return alpha / Math.max(n - rejected, 1);
}

/** The one level up to which Benjamini and Hochberg keep p-values at a false share `alpha`. */
export function falseShareThreshold(pvalues: readonly number[], alpha: number): number {
  const kept = benjaminiHochberg(pvalues).filter((q) => q <= alpha).length;
  return (alpha * Math.max(kept, 1)) / Math.max(pvalues.length, 1);
}

/** Holm's adjusted p-values. */
export function holm(pvalues: readonly number[]): number[] {
  const n = pvalues.length;
  const adjusted = new Array<number>(n);
  let largest = 0;
  ascending(pvalues).forEach((i, rank) => {
    largest = Math.max(largest, (pvalues[i] as number) * (n - rank));
    adjusted[i] = Math.min(largest, 1);
  });
  return adjusted;
}

/** Benjamini–Hochberg q-values. */
export function benjaminiHochberg(pvalues: readonly number[]): number[] {
  const n = pvalues.length;
  const adjusted = new Array<number>(n);
  let smallest = 1;
  const order = ascending(pvalues);
  for (let rank = n; rank > 0; rank--) {
    const i = order[rank - 1] as number;
    smallest = Math.min(smallest, ((pvalues[i] as number) * n) / rank);
    adjusted[i] = smallest;
  }
  return adjusted;
}
