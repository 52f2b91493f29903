// From the payload's text to each column's counts.

import type { Column, DriftPayload } from "../../contract/drift";

/** After its bins a column has four more cells: null, NaN, infinite, unseen. */
export const SPECIALS = 4;

export const binsOf = (column: { ordered: boolean; edges: readonly number[]; labels: readonly string[] }) =>
  column.ordered ? Math.max(0, column.edges.length - 1) : column.labels.length;

/** Returns the counts and edges of the reference's own bins: those cut beyond its range are part of its outer ones. */
export function ownBins({ beyond, ordered, edges, labels }: Column, counts: Float64Array) {
  const [below, above] = beyond;
  if (below + above === 0) return { counts, edges };
  const width = binsOf({ ordered, edges, labels }) + SPECIALS;
  const last = width - SPECIALS - below - above - 1;
  const own = new Float64Array((counts.length / width) * (width - below - above));
  for (let i = 0; i < counts.length; i++) {
    const cell = i % width;
    const to = cell < width - SPECIALS ? Math.max(0, Math.min(last, cell - below)) : cell - below - above;
    const at = Math.floor(i / width) * (width - below - above) + to;
    own[at] = (own[at] as number) + (counts[i] as number);
  }
  return { counts: own, edges: edges.slice(below, edges.length - above) };
}

/** Returns each column's counts, bucket after bucket, `binsOf(column) + SPECIALS` cells each. */
export async function decode(payload: DriftPayload): Promise<Float64Array[]> {
  const bytes = await inflate(payload.counts);
  const buckets = payload.buckets.starts_ms.length;
  let at = 0;
  return payload.columns.map((column) => {
    const counts = new Float64Array(buckets * (binsOf(column) + SPECIALS));
    at = readVarints(bytes, at, counts);
    return counts;
  });
}

async function inflate(base64: string): Promise<Uint8Array> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Response(packed).body?.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Fills `out` from LEB128 varints starting at byte `start`; returns the byte after the last one. */
function readVarints(bytes: Uint8Array, start: number, out: Float64Array): number {
  let at = start;
  for (let i = 0; i < out.length; i++) {
    let value = 0;
    let place = 1;
    let byte = 128;
    while (byte > 127) {
      if (at >= bytes.length) throw new Error("they end early");
      byte = bytes[at++] as number;
      value += (byte & 127) * place;
      place *= 128;
    }
    out[i] = value;
  }
  return at;
}
