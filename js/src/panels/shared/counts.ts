// Counts as payloads carry them: base64 of raw-deflated LEB128 varints.

/** Returns a reader of the counts, one block after another. */
export async function readCounts(text: string): Promise<(length: number) => Float64Array> {
  const bytes = await inflate(text);
  let at = 0;
  return (length) => {
    const counts = new Float64Array(length);
    at = readVarints(bytes, at, counts);
    return counts;
  };
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
