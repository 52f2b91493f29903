// From the payload to what measures every metric of every segment.

import type { Metric, PerformancePayload, Series, Sums } from "../../contract/performance";
import { BucketSums, Measure, widthOf } from "../../stats/performance/index";
import type { Range } from "../shared/axis";
import { readCounts } from "../shared/counts";

export const bucketsOf = ([from, to]: Range) => Int32Array.from({ length: to - from }, (_, i) => from + i);

/** Returns a measure of every series, in their order. */
export async function readMeasures(payload: PerformancePayload): Promise<Measure[]> {
  const sums = new Map<string | null, BucketSums>();
  for (const one of payload.sums) sums.set(one.segment, await readSums(one, payload));
  const reference = bucketsOf(payload.reference).filter((d) => payload.buckets.mature[d]);
  return payload.series.map(
    (series) => new Measure(metricOf(payload, series), series, sums.get(series.segment) ?? null, reference),
  );
}

async function readSums(sums: Sums, { buckets, series }: PerformancePayload): Promise<BucketSums> {
  const next = sums.counts === "" ? () => new Float64Array(0) : await readCounts(sums.counts);
  const labelled = series.find(({ segment }) => segment === sums.segment)?.n_labelled ?? [];
  return new BucketSums(sums, next(buckets.starts_ms.length * widthOf(sums)), labelled);
}

function metricOf({ metrics }: PerformancePayload, { metric }: Series): Metric {
  const found = metrics.find(({ name }) => name === metric);
  if (found === undefined) throw new Error(`no metric ${metric}`);
  return found;
}
